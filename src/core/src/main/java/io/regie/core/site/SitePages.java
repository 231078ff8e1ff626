package io.regie.core.site;

import io.regie.core.access.Access;
import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Visibility;
import io.regie.core.categories.CategoryTree;
import io.regie.core.media.MediaLibrary;
import io.regie.core.media.MediaPage;
import io.regie.core.media.MediaQuery;
import io.regie.core.media.MediaService;
import io.regie.core.media.MediaView;
import io.regie.core.problem.ProblemException;
import io.regie.core.site.DrawnPages.Page;
import io.regie.core.site.PublicPages.Head;
import io.regie.core.themes.PageModel;
import io.regie.core.themes.ThemeRegistry;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The pages that visitors see. */
@Path("/")
@Access(Policy.OPEN)
@Produces("text/html; charset=utf-8")
class SitePages {

    private static final int MORE_ARTICLES = 8;
    private static final int MAX_WORDS = 200;

    private final MediaService media;
    private final MediaLibrary library;
    private final LatestArticles latest;
    private final FeaturedMedia featured;
    private final LatestNews news;
    private final ShownCategories categories;
    private final PublicPages pages;
    private final DrawnPages drawn;
    private final RoutingContext request;

    SitePages(
            MediaService media,
            MediaLibrary library,
            LatestArticles latest,
            FeaturedMedia featured,
            LatestNews news,
            ShownCategories categories,
            PublicPages pages,
            DrawnPages drawn,
            RoutingContext request) {
        this.media = media;
        this.library = library;
        this.latest = latest;
        this.featured = featured;
        this.news = news;
        this.categories = categories;
        this.pages = pages;
        this.drawn = drawn;
        this.request = request;
    }

    /** The newest articles, or those with some words; the same for everybody, so that it can be kept. */
    @GET
    public Response home(@RestQuery("q") @Nullable String words, @RestQuery("after") @Nullable String cursor) {
        pages.refresh();
        Locale locale = pages.locale(request);
        String search = words == null || words.isBlank() ? null : words.strip();
        if (search != null && search.length() > MAX_WORDS) {
            search = search.substring(0, MAX_WORDS);
        }
        boolean first = cursor == null && search == null;
        MediaPage found = first
                ? latest.in(locale)
                : library.page(Caller.visitor(), MediaQuery.newest(search, LatestArticles.COUNT, cursor), locale);
        List<MediaView> chosen = first ? featured.in(locale) : List.of();
        LatestNews.Latest around = first ? news.get() : new LatestNews.Latest(List.of(), List.of());
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("words", search);
        page.put("first", first);
        page.put("older", found.nextCursor() == null ? null : older(search, found.nextCursor()));
        Head head = first ? pages.homeHead() : Head.hidden(search);
        Supplier<Optional<ThemeRegistry.Page>> draw = () -> {
            NewsModel texts = new NewsModel(pages.wording(locale));
            ArticleModel articles = new ArticleModel(pages.wording(locale));
            List<Map<String, @Nullable Object>> cards = articles.cards(found.items());
            List<Map<String, @Nullable Object>> ahead =
                    chosen.isEmpty() && first ? newest(cards) : articles.cards(chosen);
            PageModel model = new PageModel()
                    .put("featured", ahead.stream().limit(1).toList())
                    .put("alsoFeatured", ahead.stream().skip(1).toList())
                    .put(
                            "articles",
                            cards.stream().filter(card -> !ahead.contains(card)).toList())
                    .put("editorials", texts.cards(around.editorials()))
                    .put("news", texts.cards(around.news()));
            return pages.draw("home", request, locale, head, page, model);
        };
        // Nobody asks for the same words twice often enough.
        Optional<Page> html = first
                ? drawn.get(
                        List.of("home", locale.toString()), pages.surroundings(request, found, chosen, around), draw)
                : draw.get().map(Page::of);
        return pages.answer(html, request, locale, false);
    }

    /** Where nobody chose, the newest that has something to show large. */
    private static List<Map<String, @Nullable Object>> newest(List<Map<String, @Nullable Object>> cards) {
        return cards.stream()
                .filter(card -> card.get("poster") != null)
                .findFirst()
                .or(() -> cards.stream().findFirst())
                .map(List::of)
                .orElse(List.of());
    }

    @GET
    @Path("watch/{address}")
    public Response watch(@PathParam("address") String address) {
        pages.refresh();
        Locale locale = pages.locale(request);
        Caller caller = CurrentCaller.of(request);
        MediaView view = media.findForReading(caller, address, locale).orElseThrow(ProblemException::notFound);
        if (!address.equals(view.slug()) && !address.equals(view.id().toString())) {
            // Not for ever: whoever edits may take the old address back.
            return Response.status(308)
                    .location(URI.create(view.watchUrl()))
                    .header("Cache-Control", "no-store")
                    .build();
        }
        boolean open = view.guarded().visibility() == Visibility.PUBLIC;
        ArticleModel articles = new ArticleModel(pages.wording(locale));
        CategoryTree tree = categories.tree();
        List<MediaView> others = latest.in(locale).items().stream()
                .filter(other -> !other.id().equals(view.id()))
                .limit(MORE_ARTICLES)
                .toList();
        Head head = new Head(
                view.title(),
                null,
                view.watchUrl(),
                view.kind().equals("video") ? "video.other" : "article",
                !open,
                view.posterUrl(),
                view.progressiveUrl());
        boolean personal = !open || caller.signedIn();
        Supplier<Optional<ThemeRegistry.Page>> draw = () -> {
            PageModel model = new PageModel()
                    .put("media", articles.watch(view, tree, caller))
                    .put("articles", articles.cards(others));
            return pages.draw("watch", request, locale, head, Map.of(), model);
        };
        Optional<Page> html = personal
                ? draw.get().map(Page::of)
                : drawn.get(
                        List.of("watch", locale.toString(), view.id().toString()),
                        pages.surroundings(request, view, others, tree),
                        draw);
        return pages.answer(html, request, locale, personal);
    }

    private static String older(@Nullable String words, String cursor) {
        String after = "?after=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
        return PublicPages.HOME
                + (words == null ? after : after + "&q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
    }
}
