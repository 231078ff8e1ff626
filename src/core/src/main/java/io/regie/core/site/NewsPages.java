package io.regie.core.site;

import io.regie.core.access.Access;
import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.news.NewsKind;
import io.regie.core.news.NewsPage;
import io.regie.core.news.NewsService;
import io.regie.core.news.NewsView;
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

/** News as visitors read it. */
@Path(NewsPages.PATH)
@Access(Policy.OPEN)
@Produces("text/html; charset=utf-8")
class NewsPages {

    static final String PATH = "/news";

    private static final int COUNT = 12;

    private final NewsService news;
    private final LatestNews latest;
    private final PublicPages pages;
    private final DrawnPages drawn;
    private final RoutingContext request;

    NewsPages(NewsService news, LatestNews latest, PublicPages pages, DrawnPages drawn, RoutingContext request) {
        this.news = news;
        this.latest = latest;
        this.pages = pages;
        this.drawn = drawn;
        this.request = request;
    }

    /** What is out, the same for everybody, so that it can be kept. */
    @GET
    public Response list(@RestQuery("after") @Nullable String cursor) {
        pages.refresh();
        Locale locale = pages.locale(request);
        NewsPage found = news.list(Caller.visitor(), NewsKind.NEWS_POST, cursor, COUNT);
        List<NewsView> editorials = cursor == null
                ? news.list(Caller.visitor(), NewsKind.EDITORIAL, null, COUNT).items()
                : List.of();
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("first", cursor == null);
        page.put(
                "older",
                found.nextCursor() == null
                        ? null
                        : PATH + "?after=" + URLEncoder.encode(found.nextCursor(), StandardCharsets.UTF_8));
        // What the list is called is the theme's to say.
        Head head = cursor == null ? Head.of(null, PATH) : Head.hidden(null);
        Supplier<Optional<ThemeRegistry.Page>> draw = () -> {
            NewsModel model = new NewsModel(pages.wording(locale));
            return pages.draw(
                    "news",
                    request,
                    locale,
                    head,
                    page,
                    new PageModel().put("news", model.cards(found.items())).put("editorials", model.cards(editorials)));
        };
        Optional<Page> html = cursor == null
                ? drawn.get(List.of("news", locale.toString()), pages.surroundings(request, found, editorials), draw)
                : draw.get().map(Page::of);
        return pages.answer(html, request, locale, false);
    }

    @GET
    @Path("{slug}")
    public Response read(@PathParam("slug") String slug) {
        pages.refresh();
        Locale locale = pages.locale(request);
        Caller caller = CurrentCaller.of(request);
        NewsView view = news.findForReading(caller, slug).orElseThrow(ProblemException::notFound);
        if (!slug.equals(view.slug())) {
            // Not for ever: whoever edits may take the old address back.
            return Response.status(308)
                    .location(URI.create(view.url()))
                    .header("Cache-Control", "no-store")
                    .build();
        }
        boolean out = view.publication().equals("published");
        boolean personal = !out || caller.signedIn();
        List<NewsView> others = latest.get().news().stream()
                .filter(other -> !other.id().equals(view.id()))
                .limit(3)
                .toList();
        Head head = new Head(
                view.title(),
                NewsModel.excerpt(view.document()),
                view.url(),
                "article",
                !out,
                view.pictures().isEmpty() ? null : view.pictures().get(0).url(),
                null);
        Supplier<Optional<ThemeRegistry.Page>> draw = () -> {
            NewsModel model = new NewsModel(pages.wording(locale));
            return pages.draw(
                    "post",
                    request,
                    locale,
                    head,
                    Map.of(),
                    new PageModel()
                            .put("post", model.page(view, news.mayWrite(caller)))
                            .put("news", model.cards(others)));
        };
        Optional<Page> html = personal
                ? draw.get().map(Page::of)
                : drawn.get(
                        List.of("post", locale.toString(), view.id().toString()),
                        pages.surroundings(request, view, others),
                        draw);
        return pages.answer(html, request, locale, personal);
    }
}
