package io.regie.core.studio.news;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.news.NewsKind;
import io.regie.core.news.NewsPage;
import io.regie.core.news.NewsPictures;
import io.regie.core.news.NewsService;
import io.regie.core.news.NewsView;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.problem.Sentences;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.studio.Section;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** News posts and editorials in the studio, for editors. Others find nothing here. */
@Path(NewsPages.HERE)
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class NewsPages {

    static final String HERE = "/studio/news";

    private static final int COUNT = 30;

    private final StudioPages pages;
    private final NewsService news;
    private final NewsPictures pictures;
    private final SettingsService settings;
    private final CurrentCaller caller;

    NewsPages(
            StudioPages pages,
            NewsService news,
            NewsPictures pictures,
            SettingsService settings,
            CurrentCaller caller) {
        this.pages = pages;
        this.news = news;
        this.pictures = pictures;
        this.settings = settings;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "studio/news")
    static final class Templates {
        static native TemplateInstance list(StudioFrame frame, Posts view);

        static native TemplateInstance rows(Posts view);

        static native TemplateInstance post(StudioFrame frame, Page view);

        private Templates() {}
    }

    /**
     * The list.
     *
     * @param kind what it is narrowed to, or empty
     * @param older address of the next part, or empty
     * @param rows address of the part that changes by itself
     */
    record Posts(List<Item> items, String kind, String older, String rows, String done) {}

    /** @param date as people write it; empty for a draft */
    record Item(NewsView post, String date) {
        public String picture() {
            return post.pictures().isEmpty()
                    ? ""
                    : post.pictures().get(post.pictures().size() - 1).url();
        }
    }

    /**
     * One post, or one to be.
     *
     * @param title the page's
     * @param item null for a new one
     * @param theirs what somebody else saved meanwhile, or null
     * @param zone in whose time dates are
     */
    record Page(
            String title,
            @Nullable Item item,
            PostForm form,
            @Nullable PostForm theirs,
            String zone,
            String problem,
            Map<String, String> problems,
            String done) {
        public String of(String field) {
            return problems.getOrDefault(field, "");
        }

        /** Where its illustration is sent to, after what the studio's and the API's addresses begin with. */
        public String picture() {
            return item == null ? "" : "news/" + item.post().id() + "/picture";
        }
    }

    @GET
    public Response list(
            @RestQuery @Nullable String kind, @RestQuery @Nullable String after, @RestQuery @Nullable String done) {
        StudioFrame frame = pages.frame(Section.NEWS);
        return pages.answer(frame, Templates.list(frame, posts(kind, after, text(done))));
    }

    @GET
    @Path("rows")
    public Response rows(@RestQuery @Nullable String kind, @RestQuery @Nullable String after) {
        return pages.answer(pages.frame(Section.NEWS), Templates.rows(posts(kind, after, "")));
    }

    @GET
    @Path("new")
    public Response write() {
        requireWriter();
        return page(200, null, PostForm.empty(), null, null, "");
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response create(MultivaluedMap<String, String> sent) {
        requireWriter();
        PostForm form = PostForm.posted(sent::getFirst);
        try {
            NewsView made = news.create(caller.get(), form.edit(null, zone()));
            return to(made.id());
        } catch (ProblemException refused) {
            return page(refused.type().status(), null, form, null, refused, "");
        }
    }

    @GET
    @Path("{id}")
    public Response edit(@PathParam("id") UUID id, @RestQuery @Nullable String done) {
        NewsView post = require(id);
        return page(200, post, PostForm.of(post, zone()), null, null, text(done));
    }

    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        NewsView before = require(id);
        PostForm shown = PostForm.of(before, zone());
        PostForm form = PostForm.posted(sent::getFirst);
        try {
            news.edit(caller.get(), id, form.edit(shown, zone()), form.revision());
            return to(id);
        } catch (ProblemException refused) {
            boolean meanwhile = refused.type() == ProblemType.PRECONDITION_FAILED;
            return page(refused.type().status(), before, form, meanwhile ? shown : null, refused, "");
        }
    }

    @POST
    @Path("{id}/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response delete(@PathParam("id") UUID id) {
        require(id);
        news.delete(caller.get(), id, null);
        return Response.seeOther(URI.create(HERE + "?done=deleted")).build();
    }

    /** What a form does without a script; scripts ask the API. */
    @POST
    @Path("{id}/picture/remove")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response removePicture(@PathParam("id") UUID id) {
        require(id);
        pictures.forget(caller.get(), id);
        return to(id);
    }

    private void requireWriter() {
        if (!news.mayWrite(caller.get())) {
            throw ProblemException.notFound();
        }
    }

    private NewsView require(UUID id) {
        requireWriter();
        return news.require(caller.get(), id);
    }

    private static Response to(UUID id) {
        return Response.seeOther(URI.create(HERE + "/" + id + "?done=saved")).build();
    }

    private Posts posts(@Nullable String kind, @Nullable String after, String done) {
        requireWriter();
        NewsKind only = kind == null ? null : NewsKind.find(kind).orElse(null);
        NewsPage page = news.list(caller.get(), only, after, COUNT);
        String narrowed = only == null ? "" : only.word();
        String query = narrowed.isEmpty() ? "" : "kind=" + narrowed;
        String older = page.nextCursor() == null ? "" : HERE + "?" + joined(query, page.nextCursor());
        String rows = HERE + "/rows" + (after == null ? question(query) : "?" + joined(query, after));
        return new Posts(page.items().stream().map(this::item).toList(), narrowed, older, rows, done);
    }

    private static String question(String query) {
        return query.isEmpty() ? "" : "?" + query;
    }

    private static String joined(String query, String after) {
        return (query.isEmpty() ? "" : query + "&") + "after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
    }

    private Response page(
            int status,
            @Nullable NewsView post,
            PostForm form,
            @Nullable PostForm theirs,
            @Nullable ProblemException refused,
            String done) {
        StudioFrame frame = pages.frame(Section.NEWS);
        Locale locale = frame.locale();
        Map<String, String> problems = new HashMap<>();
        if (refused != null) {
            refused.fields().forEach(field -> problems.put(field.name(), field.sentence(locale)));
        }
        // Saving once more is meant: then what is there now has been seen.
        PostForm next = theirs == null || post == null
                ? form
                : new PostForm(
                        form.kind(),
                        form.title(),
                        form.text(),
                        form.document(),
                        form.publication(),
                        form.publishedAt(),
                        form.slug(),
                        post.revision());
        Page view = new Page(
                post != null
                        ? post.title()
                        : MessageBundles.get(NewsMessages.class, Localized.Literal.of(locale.getLanguage()))
                                .fresh(),
                post == null ? null : item(post),
                next,
                theirs,
                zone().getId(),
                refused == null || !problems.isEmpty() ? "" : Sentences.of(locale, refused),
                problems,
                done);
        return pages.answer(status, frame, Templates.post(frame, view));
    }

    private Item item(NewsView post) {
        return new Item(
                post,
                post.publishedAt() == null
                        ? ""
                        : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                                .withLocale(pages.locale())
                                .format(post.publishedAt().atZone(zone())));
    }

    private ZoneId zone() {
        return settings.get(Setting.ZONE);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
