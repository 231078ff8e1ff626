/**
 * Who works on the site, what they have, and whose it becomes when they leave. Accounts themselves are the feature below.
 */
@NullMarked
package io.regie.core.people;

import org.jspecify.annotations.NullMarked;
