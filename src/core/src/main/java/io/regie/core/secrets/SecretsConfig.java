package io.regie.core.secrets;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How stored secrets are sealed ({@code regie.secrets.*}). */
@ConfigMapping(prefix = "regie.secrets")
interface SecretsConfig {

    /**
     * 32 bytes in base 64, the same on every node of an installation. Unless set, the node makes a key of its own and
     * keeps it in its data directory.
     */
    Optional<String> key();
}
