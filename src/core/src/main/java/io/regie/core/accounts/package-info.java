/**
 * Accounts, passwords, sessions, personal tokens, and the setup of a new site.
 */
@NullMarked
package io.regie.core.accounts;

import org.jspecify.annotations.NullMarked;
