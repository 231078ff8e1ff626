package io.regie.core.accounts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Who may come in, and for how long. */
@ConfigMapping(prefix = "regie")
public interface AccountsConfig {

    /** With {@link #adminPassword}: makes the first administrator at the first start, instead of a one-time code. */
    Optional<String> adminEmail();

    Optional<String> adminPassword();

    /** The name of the site when the first administrator comes from the environment. */
    @WithDefault("Regie")
    String siteName();

    Sessions sessions();

    Passwords passwords();

    /** How long browsers stay signed in. */
    interface Sessions {

        /** Without any request. */
        @WithDefault("P7D")
        Duration idle();

        /** In any case. */
        @WithDefault("P30D")
        Duration life();
    }

    /** Checking passwords costs time and memory on purpose. */
    interface Passwords {

        /** How many at once; each takes 19 MiB for its moment. */
        @WithDefault("2")
        int parallel();
    }
}
