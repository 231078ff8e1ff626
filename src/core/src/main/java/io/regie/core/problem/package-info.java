/**
 * The few exceptions that services throw, and the catalogue of problems clients see (RFC 9457).
 */
@NullMarked
package io.regie.core.problem;

import org.jspecify.annotations.NullMarked;
