package io.regie.core.studio.live;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.jobs.CallersJobs;
import io.regie.core.live.Deletions;
import io.regie.core.live.Deletions.Deletion;
import io.regie.core.live.LiveService;
import io.regie.core.live.LiveSettings;
import io.regie.core.live.LiveStreamView;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.problem.Sentences;
import io.regie.core.process.Workers;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.storage.StorageRoom;
import io.regie.core.studio.Section;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import io.regie.core.web.Sizes;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.text.NumberFormat;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Live streams in the studio. */
@Path(LivePages.HERE)
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class LivePages {

    static final String HERE = "/studio/live";

    private final StudioPages pages;
    private final LiveService live;
    private final LiveSettings settings;
    private final LiveViews views;
    private final CallersJobs jobs;
    private final SettingsService site;
    private final Deletions deletions;
    private final StorageRoom room;
    private final Workers workers;
    private final CurrentCaller caller;

    LivePages(
            StudioPages pages,
            LiveService live,
            LiveSettings settings,
            LiveViews views,
            CallersJobs jobs,
            SettingsService site,
            Deletions deletions,
            StorageRoom room,
            Workers workers,
            CurrentCaller caller) {
        this.pages = pages;
        this.live = live;
        this.settings = settings;
        this.views = views;
        this.jobs = jobs;
        this.site = site;
        this.deletions = deletions;
        this.room = room;
        this.workers = workers;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "studio/live")
    static final class Templates {
        static native TemplateInstance list(StudioFrame frame, Streams view);

        static native TemplateInstance rows(Streams view);

        static native TemplateInstance stream(StudioFrame frame, Page view);

        static native TemplateInstance now(StudioFrame frame, Page view);

        private Templates() {}
    }

    /**
     * The list.
     *
     * @param allowed what an administrator may change, a line each
     * @param confined whether recorders reach nothing but through the relay; an administrator should know if not
     * @param problems why something of that was refused, by field
     */
    record Streams(
            List<LiveViews.Item> items,
            boolean mayAdd,
            boolean confined,
            String allowed,
            Retention retention,
            Map<String, String> problems,
            String done) {
        public String of(String field) {
            return problems.getOrDefault(field, "");
        }
    }

    /**
     * What becomes of old recordings.
     *
     * @param keepDays as set or typed
     * @param free share of the disk
     * @param squeezed how many went lately for want of room
     */
    record Retention(String keepDays, String minFree, String free, List<Gone> deleted, long squeezed) {}

    record Gone(String title, String size, LiveViews.Moment deleted, String cause) {}

    /**
     * One stream, or one to be.
     *
     * @param title the page's
     * @param item null for a new one
     * @param zone in whose time plans are
     */
    record Page(
            String title,
            LiveViews.@Nullable Item item,
            List<LiveViews.Recorded> recordings,
            StreamForm form,
            String zone,
            String problem,
            Map<String, String> problems,
            String done) {
        public String of(String field) {
            return problems.getOrDefault(field, "");
        }
    }

    @GET
    public Response list(@RestQuery @Nullable String done) {
        StudioFrame frame = pages.frame(Section.LIVE);
        return pages.answer(frame, Templates.list(frame, streams(Map.of(), text(done), Map.of())));
    }

    @GET
    @Path("rows")
    public Response rows() {
        return pages.answer(pages.frame(Section.LIVE), Templates.rows(streams(Map.of(), "", Map.of())));
    }

    @POST
    @Path("allowed")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Access(value = Policy.ADMIN, scope = Scope.EVERYTHING)
    public Response allow(@RestForm @Nullable String allowed) {
        try {
            settings.allow(Arrays.asList(text(allowed).split("[\\s,]+")));
            return Response.seeOther(URI.create(HERE + "?done=allowed")).build();
        } catch (ProblemException refused) {
            return refused(refused, Map.of("allowed", text(allowed)));
        }
    }

    @POST
    @Path("retention")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Access(value = Policy.ADMIN, scope = Scope.EVERYTHING)
    public Response keep(@RestForm @Nullable String keepDays, @RestForm @Nullable String minFreePercent) {
        try {
            settings.change(null, number(keepDays), number(minFreePercent));
            return Response.seeOther(URI.create(HERE + "?done=retention")).build();
        } catch (ProblemException refused) {
            return refused(refused, Map.of("keepDays", text(keepDays), "minFreePercent", text(minFreePercent)));
        }
    }

    private static int number(@Nullable String typed) {
        String text = text(typed).strip();
        // What is no number is refused like one that is out of bounds.
        return text.isEmpty() ? 0 : text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
    }

    private Response refused(ProblemException refused, Map<String, String> typed) {
        StudioFrame frame = pages.frame(Section.LIVE);
        return pages.answer(
                refused.type().status(), frame, Templates.list(frame, streams(problems(refused), "", typed)));
    }

    @GET
    @Path("new")
    public Response add() {
        live.list(caller.get());
        return page(200, null, StreamForm.empty(), null, "");
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response add(MultivaluedMap<String, String> sent) {
        StreamForm form = StreamForm.posted(sent);
        try {
            LiveStreamView made = live.create(caller.get(), form.draft(null));
            live.check(caller.get(), made.id());
            return to(made.id(), "added");
        } catch (ProblemException refused) {
            return page(refused.type().status(), null, form, refused, "");
        }
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") UUID id, @RestQuery @Nullable String done) {
        LiveStreamView stream = live.require(caller.get(), id);
        return page(200, stream, StreamForm.of(stream), null, text(done));
    }

    /** What changes while one looks at it. */
    @GET
    @Path("{id}/now")
    public Response now(@PathParam("id") UUID id) {
        LiveStreamView stream = live.require(caller.get(), id);
        StudioFrame frame = pages.frame(Section.LIVE);
        return pages.answer(frame, Templates.now(frame, view(stream, StreamForm.of(stream), null, "")));
    }

    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response edit(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        StreamForm form = StreamForm.posted(sent);
        LiveStreamView before = live.require(caller.get(), id);
        String revision = text(sent.getFirst("revision"));
        try {
            live.edit(
                    caller.get(),
                    id,
                    form.draft(before.address()),
                    revision.matches("\\d{1,18}") ? Long.valueOf(revision) : null);
            return to(id, "saved");
        } catch (ProblemException refused) {
            return page(refused.type().status(), before, form, refused, "");
        }
    }

    @POST
    @Path("{id}/check")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response check(@PathParam("id") UUID id) {
        return act(id, () -> live.check(caller.get(), id));
    }

    @POST
    @Path("{id}/record")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response record(@PathParam("id") UUID id) {
        return act(id, () -> live.record(caller.get(), id, Map.of()));
    }

    @POST
    @Path("{id}/stop")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response stop(@PathParam("id") UUID id) {
        LiveStreamView stream = live.require(caller.get(), id);
        return act(id, () -> {
            if (stream.recording() != null) {
                jobs.stop(caller.get(), stream.recording().job(), pages.locale());
            }
        });
    }

    @POST
    @Path("{id}/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response delete(@PathParam("id") UUID id) {
        live.delete(caller.get(), id, null);
        return Response.seeOther(URI.create(HERE + "?done=deleted")).build();
    }

    private Response act(UUID id, Runnable action) {
        try {
            action.run();
            return to(id, null);
        } catch (ProblemException refused) {
            if (refused.type() == ProblemType.NOT_FOUND) {
                throw refused;
            }
            LiveStreamView stream = live.require(caller.get(), id);
            return page(refused.type().status(), stream, StreamForm.of(stream), refused, "");
        }
    }

    private static Response to(UUID id, @Nullable String done) {
        return Response.seeOther(URI.create(HERE + "/" + id + (done == null ? "" : "?done=" + done)))
                .build();
    }

    private Streams streams(Map<String, String> problems, String done, Map<String, String> typed) {
        StudioFrame frame = pages.frame(Section.LIVE);
        String allowed = frame.admin() ? typed.getOrDefault("allowed", String.join("\n", settings.allowed())) : "";
        List<LiveViews.Item> items = live.list(caller.get()).stream()
                .map(stream -> views.item(stream, frame.locale()))
                .toList();
        return new Streams(
                items, live.mayAdd(caller.get()), workers.confines(), allowed, retention(frame, typed), problems, done);
    }

    /** Nobody's business but administrators'. */
    private Retention retention(StudioFrame frame, Map<String, String> typed) {
        if (!frame.admin()) {
            return new Retention("", "", "", List.of(), 0);
        }
        List<Deletion> last = deletions.last();
        return new Retention(
                typed.getOrDefault("keepDays", Integer.toString(settings.keepDays())),
                typed.getOrDefault("minFreePercent", Integer.toString(settings.minFreePercent())),
                NumberFormat.getPercentInstance(frame.locale()).format(room.freeShare()),
                last.stream()
                        .map(gone -> new Gone(
                                gone.title(),
                                Sizes.about(gone.bytes(), frame.locale()),
                                views.moment(gone.deleted(), frame.locale()),
                                gone.cause()))
                        .toList(),
                deletions.lately(Deletions.Cause.SPACE));
    }

    private Response page(
            int status,
            @Nullable LiveStreamView stream,
            StreamForm form,
            @Nullable ProblemException refused,
            String done) {
        StudioFrame frame = pages.frame(Section.LIVE);
        return pages.answer(status, frame, Templates.stream(frame, view(stream, form, refused, done)));
    }

    private Page view(
            @Nullable LiveStreamView stream, StreamForm form, @Nullable ProblemException refused, String done) {
        Map<String, String> problems = refused == null ? Map.of() : problems(refused);
        String problem = refused == null || !problems.isEmpty() ? "" : Sentences.of(pages.locale(), refused);
        return new Page(
                stream != null
                        ? stream.name()
                        : MessageBundles.get(
                                        LiveMessages.class,
                                        Localized.Literal.of(pages.locale().getLanguage()))
                                .fresh(),
                stream == null ? null : views.item(stream, pages.locale()),
                stream == null
                        ? List.of()
                        : live.recordings(caller.get(), stream.id()).stream()
                                .map(run -> views.recorded(run, pages.locale()))
                                .toList(),
                form,
                site.get(Setting.ZONE).getId(),
                problem,
                problems,
                done);
    }

    private Map<String, String> problems(ProblemException refused) {
        Map<String, String> problems = new HashMap<>();
        refused.fields().forEach(field -> problems.put(field.name(), field.sentence(pages.locale())));
        return problems;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
