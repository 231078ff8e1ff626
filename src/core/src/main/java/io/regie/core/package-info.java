/** Starts Regie: data directory, database, then the Quarkus application. */
@NullMarked
package io.regie.core;

import org.jspecify.annotations.NullMarked;
