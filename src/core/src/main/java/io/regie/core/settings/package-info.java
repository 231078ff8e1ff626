/**
 * Site-wide settings edited at run time.
 */
@NullMarked
package io.regie.core.settings;

import org.jspecify.annotations.NullMarked;
