@NullMarked
package io.regie.core.notifications;

import org.jspecify.annotations.NullMarked;
