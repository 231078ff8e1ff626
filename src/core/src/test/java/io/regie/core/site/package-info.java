@NullMarked
package io.regie.core.site;

import org.jspecify.annotations.NullMarked;
