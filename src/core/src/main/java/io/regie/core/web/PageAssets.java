package io.regie.core.web;

import io.regie.core.access.Policy;
import io.regie.core.access.Routes;
import io.regie.core.access.Scope;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The stylesheet of the pages that no theme draws. */
@Singleton
final class PageAssets implements Routes.Contributor {

    static final String STYLESHEET = "/assets/regie/pages.css";

    private final Buffer stylesheet = read("/web/pages.css");

    @Override
    public void contribute(Routes routes) {
        routes.add(HttpMethod.GET, STYLESHEET, Policy.ALWAYS, Scope.EVERYTHING, this::send);
    }

    private void send(RoutingContext request) {
        request.response()
                .putHeader("Content-Type", "text/css; charset=utf-8")
                .putHeader("Cache-Control", "public, max-age=3600")
                .end(stylesheet);
    }

    private static Buffer read(String resource) {
        try (InputStream bytes = PageAssets.class.getResourceAsStream(resource)) {
            return Buffer.buffer(bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
