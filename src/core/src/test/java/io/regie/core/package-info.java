@NullMarked
package io.regie.core;

import org.jspecify.annotations.NullMarked;
