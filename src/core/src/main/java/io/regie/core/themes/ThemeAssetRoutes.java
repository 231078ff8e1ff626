package io.regie.core.themes;

import io.regie.core.access.Policy;
import io.regie.core.access.Routes;
import io.regie.core.access.Scope;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Serves the assets of themes at {@code /themes/<theme>/<version>/<file>}. */
@ApplicationScoped
class ThemeAssetRoutes implements Routes.Contributor {

    private static final String PREFIX = "/themes/";

    private final ThemeRegistry themes;

    ThemeAssetRoutes(ThemeRegistry themes) {
        this.themes = themes;
    }

    @Override
    public void contribute(Routes routes) {
        // Before setup too: the pages of setup and sign-in look like the site.
        routes.add(HttpMethod.GET, PREFIX + "*", Policy.ALWAYS, Scope.EVERYTHING, this::send);
        routes.add(HttpMethod.HEAD, PREFIX + "*", Policy.ALWAYS, Scope.EVERYTHING, this::send);
    }

    private void send(RoutingContext request) {
        String[] parts = request.normalizedPath().substring(PREFIX.length()).split("/", 3);
        ThemeAssets assets = parts.length == 3 ? themes.assets(parts[0]).orElse(null) : null;
        ThemeAssets.Asset asset = assets == null ? null : assets.find(parts[2]).orElse(null);
        if (assets == null || asset == null) {
            request.fail(404);
            return;
        }
        boolean current = assets.version().equals(parts[1]);
        HttpServerResponse response = request.response()
                .putHeader("Content-Type", asset.type())
                .putHeader("X-Content-Type-Options", "nosniff")
                // A picture opened by itself is a document: one with script inside stays without.
                .putHeader("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Cache-Control", current ? "public, max-age=31536000, immutable" : "no-cache");
        response.sendFile(asset.file().toString()).onFailure(problem -> {
            if (!response.headWritten()) {
                request.fail(404);
            }
        });
    }
}
