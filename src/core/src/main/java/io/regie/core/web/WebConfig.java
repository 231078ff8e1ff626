package io.regie.core.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** How Regie is reached. */
@ConfigMapping(prefix = "regie")
public interface WebConfig {

    /** Addresses or networks (CIDR) whose {@code X-Forwarded-*} headers are believed. Nobody's by default. */
    Optional<List<String>> trustedProxies();

    /** Lets people sign in over plain http from other machines: whoever listens on the way reads their password. */
    @WithDefault("false")
    boolean insecureHttp();

    /** The largest body of a request, except where a route has its own limit. */
    @WithDefault("1048576")
    long maxBody();
}
