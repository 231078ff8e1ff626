/**
 * How the server is: what it is made of, what it can do, how full it is, and what somebody should look at. Changes
 * nothing.
 */
@NullMarked
package io.regie.core.system;

import org.jspecify.annotations.NullMarked;
