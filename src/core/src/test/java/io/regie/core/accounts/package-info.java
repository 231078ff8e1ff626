@NullMarked
package io.regie.core.accounts;

import org.jspecify.annotations.NullMarked;
