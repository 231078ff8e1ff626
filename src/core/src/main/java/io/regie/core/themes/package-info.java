/**
 * Installed themes and the restricted template engine for them.
 */
@NullMarked
package io.regie.core.themes;

import org.jspecify.annotations.NullMarked;
