@NullMarked
package io.regie.core.themes;

import org.jspecify.annotations.NullMarked;
