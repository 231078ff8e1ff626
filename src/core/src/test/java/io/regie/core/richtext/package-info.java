@NullMarked
package io.regie.core.richtext;

import org.jspecify.annotations.NullMarked;
