package io.regie.core.site;

import io.regie.core.access.Access;
import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.categories.CategoryService;
import io.regie.core.categories.CategoryTree;
import io.regie.core.categories.CategoryView;
import io.regie.core.media.MediaFilter;
import io.regie.core.media.MediaLibrary;
import io.regie.core.media.MediaPage;
import io.regie.core.media.MediaQuery;
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

/** Categories as visitors find their way by them. */
@Path("/")
@Access(Policy.OPEN)
@Produces("text/html; charset=utf-8")
class CategoryPages {

    static final String PATH = "/categories";

    private static final int COUNT = 24;

    private final CategoryService categories;
    private final ShownCategories shown;
    private final MediaLibrary library;
    private final PublicPages pages;
    private final DrawnPages drawn;
    private final RoutingContext request;

    CategoryPages(
            CategoryService categories,
            ShownCategories shown,
            MediaLibrary library,
            PublicPages pages,
            DrawnPages drawn,
            RoutingContext request) {
        this.categories = categories;
        this.shown = shown;
        this.library = library;
        this.pages = pages;
        this.drawn = drawn;
        this.request = request;
    }

    /** All of them, the same for everybody, so that it can be kept. */
    @GET
    @Path("categories")
    public Response tree() {
        pages.refresh();
        Locale locale = pages.locale(request);
        CategoryTree tree = shown.tree();
        List<CategoryView> all = shown.counted();
        // What the page is called is the theme's to say.
        Head head = Head.of(null, PATH);
        Supplier<Optional<ThemeRegistry.Page>> draw = () -> pages.draw(
                "categories",
                request,
                locale,
                head,
                Map.of(),
                new PageModel().put("categories", new CategoryModel(tree, all).cards(null)));
        Optional<Page> html =
                drawn.get(List.of("categories", locale.toString()), pages.surroundings(request, tree, all), draw);
        return pages.answer(html, request, locale, false);
    }

    /** A category with what everybody may see in it and below it. */
    @GET
    @Path("category/{slug}")
    public Response read(@PathParam("slug") String slug, @RestQuery("after") @Nullable String cursor) {
        pages.refresh();
        Locale locale = pages.locale(request);
        Caller caller = CurrentCaller.of(request);
        CategoryView view = categories.findForReading(slug).orElseThrow(ProblemException::notFound);
        if (!slug.equals(view.slug())) {
            // Not for ever: whoever edits may take the old address back.
            return Response.status(308)
                    .location(URI.create(view.url()))
                    .header("Cache-Control", "no-store")
                    .build();
        }
        boolean personal = caller.signedIn();
        boolean first = cursor == null;
        CategoryTree tree = shown.tree();
        List<CategoryView> all = shown.counted();
        MediaPage found = library.page(
                Caller.visitor(),
                new MediaQuery(
                        MediaFilter.category(view.id()),
                        MediaQuery.Sort.NEWEST,
                        MediaQuery.Reach.VISIBLE,
                        COUNT,
                        cursor),
                locale);
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("first", first);
        page.put(
                "older",
                found.nextCursor() == null
                        ? null
                        : view.url() + "?after=" + URLEncoder.encode(found.nextCursor(), StandardCharsets.UTF_8));
        Head head = new Head(
                view.name(),
                NewsModel.excerpt(view.document()),
                view.url(),
                "website",
                !first,
                view.pictures().isEmpty() ? null : view.pictures().get(0).url(),
                null);
        Supplier<Optional<ThemeRegistry.Page>> draw = () -> {
            CategoryModel model = new CategoryModel(tree, all);
            return pages.draw(
                    "category",
                    request,
                    locale,
                    head,
                    page,
                    new PageModel()
                            .put("category", model.page(view, categories.mayWrite(caller)))
                            .put("categories", first ? model.cards(view.id()) : List.of())
                            .put("articles", new ArticleModel(pages.wording(locale)).cards(found.items())));
        };
        Optional<Page> html = personal || !first
                ? draw.get().map(Page::of)
                : drawn.get(
                        List.of("category", locale.toString(), view.id().toString()),
                        pages.surroundings(request, view, tree, all, found),
                        draw);
        return pages.answer(html, request, locale, personal);
    }
}
