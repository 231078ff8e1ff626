@NullMarked
package io.regie.core.captions;

import org.jspecify.annotations.NullMarked;
