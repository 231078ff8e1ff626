/**
 * Who is asking and what they may do: the one authorization function and the policy every route declares. Owns no accounts.
 */
@NullMarked
package io.regie.core.access;

import org.jspecify.annotations.NullMarked;
