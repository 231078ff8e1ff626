/**
 * Public pages rendered by the active theme.
 */
@NullMarked
package io.regie.core.site;

import org.jspecify.annotations.NullMarked;
