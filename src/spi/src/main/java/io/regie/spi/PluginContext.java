package io.regie.spi;

import java.time.InstantSource;

/** What the host gives a plugin once, before any job. Safe to use from any thread. */
public interface PluginContext {

    /** The clock to use instead of the system's, so that tests can set the time. */
    InstantSource clock();
}
