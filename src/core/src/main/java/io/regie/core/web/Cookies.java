package io.regie.core.web;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * The two cookies of this site: the session's, and one that ties sign-in and setup forms to the browser they were sent
 * to. A plain variant exists only where {@code regie.insecure-http} allows it.
 */
@Singleton
public class Cookies {

    /** Which cookie. */
    public enum Name {
        SESSION("regie"),
        FORM("regie-form");

        private final String word;

        Name(String word) {
            this.word = word;
        }
    }

    private static final String HOST_ONLY = "__Host-";

    private final WebConfig config;

    Cookies(WebConfig config) {
        this.config = config;
    }

    /** Whether a session may be carried between this client and us. */
    public boolean possible(Client client) {
        return client.confidential() || config.insecureHttp();
    }

    public Optional<String> find(RoutingContext request, Name name) {
        Cookie cookie = request.request().getCookie(actual(Client.of(request), name));
        return Optional.ofNullable(cookie).map(Cookie::getValue).filter(value -> !value.isEmpty());
    }

    public void set(RoutingContext request, Name name, String value, Duration life) {
        request.response().addCookie(cookie(Client.of(request), name, value).setMaxAge(life.toSeconds()));
    }

    public void clear(RoutingContext request, Name name) {
        request.response().addCookie(cookie(Client.of(request), name, "").setMaxAge(0));
    }

    private Cookie cookie(Client client, Name name, String value) {
        return Cookie.cookie(actual(client, name), value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(secure(client))
                .setSameSite(CookieSameSite.LAX);
    }

    private String actual(Client client, Name name) {
        return secure(client) ? HOST_ONLY + name.word : name.word;
    }

    /** Only where the plain variant is allowed and needed is a cookie without protection. */
    private boolean secure(Client client) {
        return client.confidential() || !config.insecureHttp();
    }
}
