@NullMarked
package io.regie.core.studio;

import org.jspecify.annotations.NullMarked;
