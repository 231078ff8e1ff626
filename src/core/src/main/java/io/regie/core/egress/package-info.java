/**
 * The one gate for connections to elsewhere: which addresses may be reached, checked where the connection is made, and
 * the relay through which a worker without network reaches them. Knows no feature that wants to connect.
 */
@NullMarked
package io.regie.core.egress;

import org.jspecify.annotations.NullMarked;
