package io.regie.core.live;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where live streams come from ({@code regie.live.*}). */
@ConfigMapping(prefix = "regie.live")
interface LiveConfig {

    /**
     * A file of certificates (PEM) that servers of streams over TLS must be signed by, instead of those this system
     * trusts; workers must be able to read it. For cameras that a house has certified itself.
     */
    Optional<Path> certificates();
}
