package io.regie.core.settings;

import io.regie.core.problem.ProblemException;
import io.regie.core.web.Client;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Where other sites, and readers of mail, find this one. */
@ApplicationScoped
public class SiteAddress {

    private static final Setting<String> ADDRESS = Setting.text("site.address", "");
    private static final int LONGEST = 200;

    private final SiteAddressConfig config;
    private final SettingsService settings;

    SiteAddress(SiteAddressConfig config, SettingsService settings) {
        this.config = config;
        this.settings = settings;
    }

    /** Like {@code https://media.example.org}: as configured, else as this request was made. */
    public String of(RoutingContext request) {
        return find().orElseGet(() -> asked(request));
    }

    /**
     * As configured, else as an administrator said. What leaves the site by itself must use this one only: the address
     * of a request is whatever a stranger wrote into it.
     */
    public Optional<String> find() {
        return config.url().map(SiteAddress::withoutSlash).or(() -> Optional.of(settings.get(ADDRESS))
                .filter(address -> !address.isEmpty()));
    }

    /** Whether it is configured on the server, so that nobody can change it here. */
    public boolean fixed() {
        return config.url().isPresent();
    }

    /**
     * @param address empty for none
     * @throws ProblemException when it is no address of a site
     */
    public void change(String address) {
        String plain = withoutSlash(address.strip());
        if (!plain.isEmpty() && !isSite(plain)) {
            throw ProblemException.invalidField("address", "settings.address");
        }
        settings.set(ADDRESS, plain);
    }

    private static boolean isSite(String address) {
        try {
            URI uri = new URI(address);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && address.length() <= LONGEST;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String asked(RoutingContext request) {
        Client client = Client.of(request);
        return (client.https() ? "https://" : "http://") + client.authority();
    }

    private static String withoutSlash(String address) {
        return address.replaceFirst("/+$", "");
    }
}
