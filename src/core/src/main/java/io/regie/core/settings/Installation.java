package io.regie.core.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/** Where things are on this node. Known before the application starts. */
@ConfigMapping(prefix = "regie")
public interface Installation {

    /** The data directory (environment {@code REGIE_DATA}). */
    @WithDefault("data")
    Path data();

    /** The folder with {@code worker}, {@code plugins}, {@code themes} and {@code sample} that came with this build. */
    Optional<Path> home();

    /** {@link #home}, or the folder beside the packaged application. */
    default Path bundled() {
        return home().orElseGet(() -> {
            try {
                return Path.of(Installation.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .resolveSibling("regie");
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
