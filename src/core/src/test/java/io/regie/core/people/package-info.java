@NullMarked
package io.regie.core.people;

import org.jspecify.annotations.NullMarked;
