@NullMarked
package io.regie.bench;

import org.jspecify.annotations.NullMarked;
