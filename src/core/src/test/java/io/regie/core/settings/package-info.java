@NullMarked
package io.regie.core.settings;

import org.jspecify.annotations.NullMarked;
