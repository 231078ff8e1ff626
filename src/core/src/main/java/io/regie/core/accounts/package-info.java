/**
 * People, sign-in, sessions, API tokens, first setup.
 */
@NullMarked
package io.regie.core.accounts;

import org.jspecify.annotations.NullMarked;
