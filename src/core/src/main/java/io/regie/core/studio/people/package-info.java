/** Pages where administrators invite people and say what they may do. */
@NullMarked
package io.regie.core.studio.people;

import org.jspecify.annotations.NullMarked;
