@NullMarked
package io.regie.core.studio.library;

import org.jspecify.annotations.NullMarked;
