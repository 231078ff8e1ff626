/**
 * The only place that starts processes: helper programs and sandboxed workers, with privileges dropped.
 */
@NullMarked
package io.regie.core.process;

import org.jspecify.annotations.NullMarked;
