/**
 * The queue, attempts, retries, progress and recovery of jobs; starts workers. Does not know what media articles are.
 */
@NullMarked
package io.regie.core.jobs;

import org.jspecify.annotations.NullMarked;
