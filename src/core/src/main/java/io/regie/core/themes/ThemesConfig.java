package io.regie.core.themes;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Which theme the site wears and where others are. */
@ConfigMapping(prefix = "regie.themes")
public interface ThemesConfig {

    /** The folder with one folder per installed theme; {@code themes} in the data directory where not set. */
    Optional<Path> dir();

    @WithDefault("default")
    String active();
}
