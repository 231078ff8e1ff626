@NullMarked
package io.regie.core.studio.editor;

import org.jspecify.annotations.NullMarked;
