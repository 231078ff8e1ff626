package io.regie.core.site;

import io.quarkus.runtime.StartupEvent;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.themes.PageModel;
import io.regie.core.themes.ThemeRegistry;
import io.regie.core.web.BuiltAssets;
import io.regie.core.web.Languages;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What every page drawn by the theme has in common. */
@ApplicationScoped
class PublicPages {

    static final String HOME = "/";

    private static final String STUDIO = "/studio";
    private static final String UPLOAD = "/studio/upload";

    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he", "ur");

    private final ThemeRegistry themes;
    private final SettingsService settings;
    private final SiteConfig config;
    private final SiteAddress address;
    private final BuiltAssets assets;
    private volatile String siteName = Setting.SITE_NAME.fallback();

    PublicPages(
            ThemeRegistry themes,
            SettingsService settings,
            SiteConfig config,
            SiteAddress address,
            BuiltAssets assets) {
        this.themes = themes;
        this.settings = settings;
        this.config = config;
        this.address = address;
        this.assets = assets;
    }

    /** No nonce and nothing inline, so that caches may keep pages. */
    String contentSecurityPolicy() {
        return "default-src 'none'; script-src 'self'; worker-src 'self' blob:; media-src 'self' blob:;"
                + " img-src 'self' data:; font-src 'self'; style-src 'self'; connect-src 'self'; object-src 'none';"
                + " base-uri 'none'; form-action 'self'; frame-ancestors " + config.frameAncestors();
    }

    Wording wording(Locale locale) {
        return new Wording(locale, config.zone().map(ZoneId::of).orElseGet(ZoneId::systemDefault));
    }

    Locale locale(RoutingContext request) {
        return Languages.of(request);
    }

    /** An error may be the first page that somebody sees, and it must not ask the database. */
    void start(@Observes StartupEvent event) {
        refresh();
    }

    /** Learns what changed in the settings; may ask the database. */
    void refresh() {
        siteName = settings.get(Setting.SITE_NAME);
        themes.wear(settings.get(Setting.ACTIVE_THEME));
    }

    /**
     * What a page says about itself to browsers, search engines and other sites.
     *
     * @param title null on the home page
     * @param hidden from search engines
     * @param image address of a picture, null for none
     */
    record Head(
            @Nullable String title,
            @Nullable String description,
            String path,
            String type,
            boolean hidden,
            @Nullable String image,
            @Nullable String video) {

        static Head of(@Nullable String title, String path) {
            return new Head(title, null, path, "website", false, null, null);
        }

        static Head hidden(@Nullable String title) {
            return new Head(title, null, "/", "website", true, null, null);
        }
    }

    /** Draws a page. Does not block. */
    Optional<ThemeRegistry.Page> draw(
            String template, RoutingContext request, Locale locale, Head head, Map<String, ?> page, PageModel model) {
        String base = address.of(request);
        Map<String, @Nullable Object> about = new LinkedHashMap<>();
        about.put("title", head.title());
        about.put("description", head.description());
        about.put("canonical", base + head.path());
        about.put("type", head.type());
        about.put("hidden", head.hidden());
        about.put("image", head.image() == null ? null : base + head.image());
        about.put("video", head.video() == null ? null : base + head.video());
        about.put("words", null);
        about.putAll(page);
        String language = locale.getLanguage();
        model.put("page", about)
                .put(
                        "site",
                        Map.of(
                                "name", siteName,
                                "language", language,
                                "direction", RIGHT_TO_LEFT.contains(language) ? "rtl" : "ltr"))
                .put(
                        "urls",
                        Map.of(
                                "home",
                                HOME,
                                "studio",
                                STUDIO,
                                "upload",
                                UPLOAD,
                                "brand",
                                AssetRoutes.BRAND,
                                "player",
                                assets.url("player.js"),
                                "previews",
                                assets.url("previews.js")));
        return themes.render(template, model, locale);
    }

    /** What a page is made of besides its own things: whatever {@link #draw} takes from elsewhere that can change. */
    List<Object> surroundings(RoutingContext request, Object... own) {
        List<Object> all = new ArrayList<>(List.of(own));
        all.add(address.of(request));
        all.add(siteName);
        all.add(themes.look());
        return all;
    }
}
