package io.regie.core.web;

import io.regie.core.access.CurrentCaller;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** What every answer says to browsers. A handler that knows better sets a header itself, and it stays. */
public final class ResponseHeaders {

    /** For pages without scripts and forms to elsewhere: sign-in, setup, errors. */
    public static final String STRICT_PAGE = "default-src 'none'; style-src 'self'; img-src 'self' data:;"
            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String PAGE = "default-src 'self'; script-src 'self'; worker-src 'self' blob:;"
            + " media-src 'self' blob:; img-src 'self' data: blob:; font-src 'self'; style-src 'self';"
            + " connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private ResponseHeaders() {}

    static void prepare(RoutingContext request, Client client) {
        request.response().putHeader("X-Request-Id", FirstHandler.requestId(request));
        request.addHeadersEndHandler(ignored -> complete(request, client));
    }

    private static void complete(RoutingContext request, Client client) {
        MultiMap headers = request.response().headers();
        unlessSet(headers, "X-Content-Type-Options", "nosniff");
        unlessSet(headers, "Referrer-Policy", "strict-origin-when-cross-origin");
        unlessSet(headers, "Cross-Origin-Resource-Policy", "same-origin");
        if (client.https() && !client.local()) {
            unlessSet(headers, "Strict-Transport-Security", "max-age=31536000");
        }
        String type = headers.get("Content-Type");
        if (is(type, "text/html")) {
            unlessSet(headers, "Content-Security-Policy", PAGE);
            unlessSet(headers, "Cross-Origin-Opener-Policy", "same-origin");
            unlessSet(headers, "Permissions-Policy", "geolocation=(), camera=(self), microphone=(self)");
        }
        boolean personal = CurrentCaller.of(request).signedIn() || headers.contains("Set-Cookie");
        if (is(type, "application/json") || is(type, "application/problem+json") || personal) {
            unlessSet(headers, "Cache-Control", "no-store");
        }
    }

    private static boolean is(@Nullable String type, String wanted) {
        return type != null && type.startsWith(wanted);
    }

    private static void unlessSet(MultiMap headers, String name, String value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }
}
