package io.regie.core.themes;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where themes are. */
@ConfigMapping(prefix = "regie.themes")
public interface ThemesConfig {

    /** The folder with one folder per installed theme; {@code themes} in the data directory where not set. */
    Optional<Path> dir();
}
