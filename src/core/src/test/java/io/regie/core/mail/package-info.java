@NullMarked
package io.regie.core.mail;

import org.jspecify.annotations.NullMarked;
