@NullMarked
package io.regie.core.problem;

import org.jspecify.annotations.NullMarked;
