package io.regie.core.site;

import io.regie.core.access.Access;
import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Visibility;
import io.regie.core.media.MediaLibrary;
import io.regie.core.media.MediaPage;
import io.regie.core.media.MediaQuery;
import io.regie.core.media.MediaService;
import io.regie.core.media.MediaView;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
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
    private final PublicPages pages;
    private final DrawnPages drawn;
    private final RoutingContext request;

    SitePages(
            MediaService media,
            MediaLibrary library,
            LatestArticles latest,
            PublicPages pages,
            DrawnPages drawn,
            RoutingContext request) {
        this.media = media;
        this.library = library;
        this.latest = latest;
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
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("words", search);
        page.put("first", first);
        page.put("older", found.nextCursor() == null ? null : older(search, found.nextCursor()));
        Head head = first ? Head.of(null, PublicPages.HOME) : Head.hidden(search);
        Supplier<Optional<ThemeRegistry.Page>> draw = () -> {
            PageModel model =
                    new PageModel().put("articles", new ArticleModel(pages.wording(locale)).cards(found.items()));
            return pages.draw("home", request, locale, head, page, model);
        };
        // Nobody asks for the same words twice often enough.
        Optional<Page> html = first
                ? drawn.get(List.of("home", locale.toString()), pages.surroundings(request, found), draw)
                : draw.get().map(Page::of);
        return answer(html, locale, false);
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
            PageModel model =
                    new PageModel().put("media", articles.watch(view, caller)).put("articles", articles.cards(others));
            return pages.draw("watch", request, locale, head, Map.of(), model);
        };
        Optional<Page> html = personal
                ? draw.get().map(Page::of)
                : drawn.get(
                        List.of("watch", locale.toString(), view.id().toString()),
                        pages.surroundings(request, view, others),
                        draw);
        return answer(html, locale, personal);
    }

    /** @param personal whether only the person who asked may keep it, and nobody should */
    private Response answer(Optional<Page> drawn, Locale locale, boolean personal) {
        Page page = drawn.orElseThrow(() -> new ProblemException(ProblemType.INTERNAL, "internal"));
        boolean known = !personal
                && Optional.ofNullable(request.request().getHeader("If-None-Match"))
                        .filter(page.tag()::equals)
                        .isPresent();
        Response.ResponseBuilder response = known ? Response.notModified() : Response.ok(page.html());
        return response.header("ETag", page.tag())
                .header("Cache-Control", personal ? "private, no-store" : "public, no-cache")
                .header("Vary", "Accept-Language, Cookie")
                .header("Content-Language", locale.getLanguage())
                .header("Content-Security-Policy", pages.contentSecurityPolicy())
                .build();
    }

    private static String older(@Nullable String words, String cursor) {
        String after = "?after=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
        return PublicPages.HOME
                + (words == null ? after : after + "&q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
    }
}
