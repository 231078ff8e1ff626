@NullMarked
package io.regie.worker;

import org.jspecify.annotations.NullMarked;
