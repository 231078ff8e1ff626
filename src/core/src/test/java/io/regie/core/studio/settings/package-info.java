@NullMarked
package io.regie.core.studio.settings;

import org.jspecify.annotations.NullMarked;
