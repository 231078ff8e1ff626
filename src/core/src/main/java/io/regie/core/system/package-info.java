/**
 * How the server is: what it is made of, what it can do, whether its media tools work, how full it is, and what somebody
 * should look at. Mends nothing.
 */
@NullMarked
package io.regie.core.system;

import org.jspecify.annotations.NullMarked;
