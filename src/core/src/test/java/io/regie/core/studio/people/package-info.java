@NullMarked
package io.regie.core.studio.people;

import org.jspecify.annotations.NullMarked;
