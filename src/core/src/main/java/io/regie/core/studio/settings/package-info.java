/** Pages where administrators set what holds for the whole site. */
@NullMarked
package io.regie.core.studio.settings;

import org.jspecify.annotations.NullMarked;
