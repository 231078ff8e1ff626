/** Benchmarks, run on demand. Each prints our figures and a peer's from one run, because only their ratio means anything. */
@NullMarked
package io.regie.bench;

import org.jspecify.annotations.NullMarked;
