/**
 * Installed plugins as their descriptors say; never loads plugin code.
 */
@NullMarked
package io.regie.core.plugins;

import org.jspecify.annotations.NullMarked;
