package io.regie.core.accounts;

import io.regie.core.web.BuiltAssets;
import io.regie.core.web.Languages;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** How the pages before the studio look: like the studio, as this browser saw it last. */
record Look(String language, String theme, String stylesheet) {

    /** Written by the studio's switch. */
    private static final String THEME_COOKIE = "regie-theme";

    private static final Set<String> THEMES = Set.of("light", "dark");

    static Look of(RoutingContext request, BuiltAssets assets) {
        Cookie theme = request.request().getCookie(THEME_COOKIE);
        return new Look(
                Languages.of(request).getLanguage(),
                theme != null && THEMES.contains(theme.getValue()) ? theme.getValue() : "auto",
                assets.url("studio.css"));
    }
}
