/**
 * Runs the embedded PostgreSQL, or points at an external one.
 */
@NullMarked
package io.regie.core.database;

import org.jspecify.annotations.NullMarked;
