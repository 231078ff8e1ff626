/**
 * The plugin contract: everything a plugin author needs, readable in ten minutes.
 *
 * <p>A plugin is one jar found by {@link java.util.ServiceLoader}. It runs in a disposable worker process, never in the
 * server: it may block, crash or leak and costs one job. It writes only into its workspace, declares what it made as
 * {@link io.regie.spi.Output}s, and leaves publishing, manifests, pages and permissions to the core.
 */
@NullMarked
package io.regie.spi;

import org.jspecify.annotations.NullMarked;
