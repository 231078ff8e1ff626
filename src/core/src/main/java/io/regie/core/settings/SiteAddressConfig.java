package io.regie.core.settings;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How the site is reached from elsewhere. */
@ConfigMapping(prefix = "regie.site")
interface SiteAddressConfig {

    /** The address that other sites should use, like {@code https://media.example.org}; as requested where not set. */
    Optional<String> url();
}
