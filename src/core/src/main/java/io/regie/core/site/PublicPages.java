package io.regie.core.site;

import io.quarkus.runtime.StartupEvent;
import io.regie.core.branding.BrandKind;
import io.regie.core.branding.Branding;
import io.regie.core.branding.BrandingService;
import io.regie.core.pictures.PictureView;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.settings.SiteAddress;
import io.regie.core.themes.PageModel;
import io.regie.core.themes.ThemeRegistry;
import io.regie.core.web.BuiltAssets;
import io.regie.core.web.Languages;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response;
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
    private final LatestNews news;
    private final ShownCategories categories;
    private final BrandingService branding;
    private volatile Branding shown = new Branding(Setting.SITE_NAME.fallback(), "", Map.of());
    private volatile boolean hasNews;
    private volatile boolean hasCategories;

    PublicPages(
            ThemeRegistry themes,
            SettingsService settings,
            SiteConfig config,
            SiteAddress address,
            BuiltAssets assets,
            LatestNews news,
            ShownCategories categories,
            BrandingService branding) {
        this.themes = themes;
        this.settings = settings;
        this.config = config;
        this.address = address;
        this.assets = assets;
        this.news = news;
        this.categories = categories;
        this.branding = branding;
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

    /** Learns what changed elsewhere; may ask the database. */
    void refresh() {
        hasNews = !news.get().isEmpty();
        hasCategories = !categories.tree().nodes().isEmpty();
        themes.wear(settings.get(Setting.ACTIVE_THEME));
        shown = branding.shown();
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

    /** The home page is what the site says of itself. */
    Head homeHead() {
        Branding now = shown;
        List<PictureView> banner = now.images().getOrDefault(BrandKind.BANNER, List.of());
        return new Head(
                null,
                now.slogan().isEmpty() ? null : now.slogan(),
                HOME,
                "website",
                false,
                banner.isEmpty() ? null : banner.get(0).url(),
                null);
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
                .put("site", site(language))
                .put(
                        "urls",
                        Map.of(
                                "home",
                                HOME,
                                "studio",
                                STUDIO,
                                "upload",
                                UPLOAD,
                                "news",
                                NewsPages.PATH,
                                "categories",
                                CategoryPages.PATH,
                                "brand",
                                AssetRoutes.BRAND,
                                "player",
                                assets.url("player.js"),
                                "previews",
                                assets.url("previews.js")));
        return themes.render(template, model, locale);
    }

    private Map<String, @Nullable Object> site(String language) {
        Branding now = shown;
        Map<String, @Nullable Object> site = new LinkedHashMap<>();
        site.put("name", now.name());
        site.put("slogan", now.slogan().isEmpty() ? null : now.slogan());
        site.put("hasNews", hasNews);
        site.put("hasCategories", hasCategories);
        site.put("language", language);
        site.put("direction", RIGHT_TO_LEFT.contains(language) ? "rtl" : "ltr");
        for (BrandKind kind : BrandKind.values()) {
            site.put(kind.word(), NewsModel.picture(now.images().getOrDefault(kind, List.of())));
        }
        return site;
    }

    /** What the site's own style sheet is made of. */
    Branding branding() {
        return shown;
    }

    /**
     * Sends a page.
     *
     * @param personal whether only the person who asked may keep it, and nobody should
     */
    Response answer(Optional<DrawnPages.Page> drawn, RoutingContext request, Locale locale, boolean personal) {
        DrawnPages.Page page = drawn.orElseThrow(() -> new ProblemException(ProblemType.INTERNAL, "internal"));
        boolean known = !personal
                && Optional.ofNullable(request.request().getHeader("If-None-Match"))
                        .filter(page.tag()::equals)
                        .isPresent();
        Response.ResponseBuilder response = known ? Response.notModified() : Response.ok(page.html());
        return response.header("ETag", page.tag())
                .header("Cache-Control", personal ? "private, no-store" : "public, no-cache")
                .header("Vary", "Accept-Language, Cookie")
                .header("Content-Language", locale.getLanguage())
                .header("Content-Security-Policy", contentSecurityPolicy())
                .build();
    }

    /** What a page is made of besides its own things: whatever {@link #draw} takes from elsewhere that can change. */
    List<Object> surroundings(RoutingContext request, Object... own) {
        List<Object> all = new ArrayList<>(List.of(own));
        all.add(address.of(request));
        all.add(shown);
        all.add(hasNews);
        all.add(hasCategories);
        all.add(themes.look());
        return all;
    }
}
