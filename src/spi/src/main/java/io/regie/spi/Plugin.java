package io.regie.spi;

import java.util.List;

/**
 * The entry point of a plugin jar, named in {@code META-INF/services/io.regie.spi.Plugin}.
 *
 * <p>Created once per worker process, with its public no-argument constructor, on the worker's main thread. Both
 * methods must return quickly and touch no media: they are also called to describe the plugin when it is installed.
 * New kinds of contribution will come as new default methods.
 */
public interface Plugin {

    /** The major version of this contract. A plugin states the version it was built for in {@link PluginInfo}. */
    int SPI_VERSION = 1;

    /** Who this plugin is. */
    PluginInfo info();

    /** The job types this plugin can run, each with its handler. */
    default List<JobHandler> jobHandlers(PluginContext context) {
        return List.of();
    }
}
