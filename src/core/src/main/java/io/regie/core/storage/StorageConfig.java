package io.regie.core.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient storage is. */
@ConfigMapping(prefix = "regie.storage")
public interface StorageConfig {

    /**
     * How old a file must be before the sweeper calls it garbage when no row names it. Longer than any backup takes
     * between its two halves.
     */
    @WithDefault("24h")
    Duration grace();
}
