@NullMarked
package io.regie.core.events;

import org.jspecify.annotations.NullMarked;
