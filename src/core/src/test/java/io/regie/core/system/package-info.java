@NullMarked
package io.regie.core.system;

import org.jspecify.annotations.NullMarked;
