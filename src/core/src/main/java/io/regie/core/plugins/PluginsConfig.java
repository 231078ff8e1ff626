package io.regie.core.plugins;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What may be installed ({@code regie.plugins.*}). */
@ConfigMapping(prefix = "regie.plugins")
interface PluginsConfig {

    /** Size of one jar. */
    @WithDefault("209715200")
    long maxBytes();

    /** Plugins in all. */
    @WithDefault("50")
    int maxCount();

    /** Memory that a job type may ask for. */
    @WithDefault("8192")
    int maxMemoryMib();

    /** How long a plugin may take to describe itself. */
    @WithDefault("10S")
    Duration describeTime();
}
