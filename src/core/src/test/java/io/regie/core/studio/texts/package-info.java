@NullMarked
package io.regie.core.studio.texts;

import org.jspecify.annotations.NullMarked;
