package io.regie.core.site;

import io.regie.core.access.Policy;
import io.regie.core.access.Routes;
import io.regie.core.access.Scope;
import io.regie.core.branding.BrandKind;
import io.regie.core.pictures.PictureView;
import io.regie.core.themes.ThemeRegistry;
import io.regie.core.web.BuiltAssets;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Serves what pages are made of beside their theme: {@code /assets/*} and {@code /brand.css}. */
@ApplicationScoped
class AssetRoutes implements Routes.Contributor {

    static final String BRAND = "/brand.css";

    private final BuiltAssets assets;
    private final ThemeRegistry themes;
    private final PublicPages pages;

    AssetRoutes(BuiltAssets assets, ThemeRegistry themes, PublicPages pages) {
        this.assets = assets;
        this.themes = themes;
        this.pages = pages;
    }

    @Override
    public void contribute(Routes routes) {
        for (HttpMethod method : new HttpMethod[] {HttpMethod.GET, HttpMethod.HEAD}) {
            routes.add(method, BuiltAssets.PREFIX + "*", Policy.ALWAYS, Scope.EVERYTHING, this::asset);
            routes.add(method, BRAND, Policy.ALWAYS, Scope.EVERYTHING, this::brand);
        }
    }

    private void asset(RoutingContext request) {
        String name = request.normalizedPath().substring(BuiltAssets.PREFIX.length());
        BuiltAssets.Asset asset = assets.find(name).orElse(null);
        if (asset == null) {
            // Other features have assets here too.
            request.next();
            return;
        }
        boolean named = name.startsWith("chunks/")
                || asset.version().equals(request.request().getParam("v"));
        String accepted = request.request().getHeader("Accept-Encoding");
        boolean gzip = accepted != null && accepted.contains("gzip");
        HttpServerResponse response = request.response()
                .putHeader("Content-Type", asset.type())
                .putHeader("Vary", "Accept-Encoding")
                .putHeader("Cache-Control", named ? "public, max-age=31536000, immutable" : "no-cache");
        if (gzip) {
            response.putHeader("Content-Encoding", "gzip");
        }
        send(request, "\"" + asset.version() + (gzip ? "-gz\"" : "\""), gzip ? asset.gzipped() : asset.plain());
    }

    /** The site's own colours and background: custom properties that themes and the player read. */
    private void brand(RoutingContext request) {
        StringBuilder css = new StringBuilder(":root {\n");
        for (Map.Entry<String, String> color : themes.colors().entrySet()) {
            css.append("  --brand-")
                    .append(color.getKey())
                    .append(": ")
                    .append(color.getValue())
                    .append(";\n");
        }
        css.append("}\n");
        background(css);
        Buffer body = Buffer.buffer(css.toString());
        request.response().putHeader("Content-Type", "text/css; charset=utf-8").putHeader("Cache-Control", "no-cache");
        send(request, "\"" + Integer.toHexString(body.hashCode()) + "\"", body);
    }

    /** Phones get the smaller one. Addresses are ours: letters, digits, dashes and slashes. */
    private void background(StringBuilder css) {
        List<PictureView> sizes = pages.branding().images().getOrDefault(BrandKind.BACKGROUND, List.of());
        if (!sizes.isEmpty()) {
            String largest = sizes.get(0).url();
            String smallest = sizes.get(sizes.size() - 1).url();
            css.append(":root { --brand-background: url(\"").append(smallest).append("\"); }\n");
            css.append("@media (min-width: 48rem) { :root { --brand-background: url(\"")
                    .append(largest)
                    .append("\"); } }\n");
        }
    }

    private static void send(RoutingContext request, String tag, Buffer body) {
        HttpServerResponse response = request.response().putHeader("ETag", tag);
        if (tag.equals(request.request().getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
        } else if (request.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", String.valueOf(body.length())).end();
        } else {
            response.end(body);
        }
    }
}
