/**
 * Server-sent hints that something changed; clients fetch again.
 */
@NullMarked
package io.regie.core.events;

import org.jspecify.annotations.NullMarked;
