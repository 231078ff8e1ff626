package io.regie.core.site;

import io.regie.core.web.Client;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Where other sites find this one. */
@ApplicationScoped
public class SiteAddress {

    private final SiteConfig config;

    SiteAddress(SiteConfig config) {
        this.config = config;
    }

    /** Like {@code https://media.example.org}: as configured, else as this request was made. */
    public String of(RoutingContext request) {
        return config.url().map(url -> url.replaceFirst("/+$", "")).orElseGet(() -> {
            Client client = Client.of(request);
            return (client.https() ? "https://" : "http://") + client.authority();
        });
    }
}
