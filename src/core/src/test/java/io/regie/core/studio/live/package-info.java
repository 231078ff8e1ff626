@NullMarked
package io.regie.core.studio.live;

import org.jspecify.annotations.NullMarked;
