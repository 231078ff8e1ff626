/**
 * Mail that leaves the site: where it goes out, and the outbox that loses none. Knows no feature that writes mail.
 */
@NullMarked
package io.regie.core.mail;

import org.jspecify.annotations.NullMarked;
