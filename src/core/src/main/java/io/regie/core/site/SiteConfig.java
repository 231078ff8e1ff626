package io.regie.core.site;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How the site presents itself. */
@ConfigMapping(prefix = "regie.site")
public interface SiteConfig {

    /** Which sites may show our pages in a frame, as in a Content-Security-Policy. */
    @WithDefault("'self'")
    String frameAncestors();

    /** Whose clock dates on pages show, like {@code Europe/Paris}; the server's where not set. */
    Optional<String> zone();
}
