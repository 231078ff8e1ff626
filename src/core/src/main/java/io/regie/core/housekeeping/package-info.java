/**
 * Runs what must be done every so often, once in the cluster: sweeping, expiring. Owns none of the work.
 */
@NullMarked
package io.regie.core.housekeeping;

import org.jspecify.annotations.NullMarked;
