@NullMarked
package io.regie.core.studio.account;

import org.jspecify.annotations.NullMarked;
