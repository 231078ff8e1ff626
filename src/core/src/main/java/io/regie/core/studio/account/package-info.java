/**
 * What people see to about themselves: profile, password, where they are signed in, API tokens; and the welcome to a new
 * site. Rules and rows belong to {@code accounts}.
 */
@NullMarked
package io.regie.core.studio.account;

import org.jspecify.annotations.NullMarked;
