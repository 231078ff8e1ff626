/**
 * The worker process: reads one request as a line of JSON, does it, prints events as lines of JSON, and ends.
 *
 * <p>It loads plugins, checks what they declare and keeps the protocol clean. It holds no state and no secrets; which
 * requests come when, limits on the process and what becomes of the results belong to the server that started it. What is
 * checked here helps plugin authors with a clear sentence; a hostile plugin shares this process, so the server checks
 * again.
 */
@NullMarked
package io.regie.worker;

import org.jspecify.annotations.NullMarked;
