package io.regie.core.studio.jobs;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.accounts.NextPage;
import io.regie.core.jobs.CallersJobs;
import io.regie.core.jobs.CallersJobs.JobCounts;
import io.regie.core.jobs.CallersJobs.JobTypeTitle;
import io.regie.core.jobs.JobPage;
import io.regie.core.jobs.JobView;
import io.regie.core.live.LiveService;
import io.regie.core.studio.Section;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Jobs: live, filtered by links; orders are forms that need no script. */
@Path(JobsPages.JOBS)
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class JobsPages {

    static final String JOBS = "/studio/jobs";

    private static final int PAGE = 30;
    private static final int DAYS = 30;

    private final StudioPages pages;
    private final CallersJobs jobs;
    private final LiveService live;
    private final CurrentCaller caller;

    JobsPages(StudioPages pages, CallersJobs jobs, LiveService live, CurrentCaller caller) {
        this.pages = pages;
        this.jobs = jobs;
        this.live = live;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "studio/jobs")
    static final class Templates {
        static native TemplateInstance jobs(StudioFrame frame, Listing listing, Figures figures);

        static native TemplateInstance list(StudioFrame frame, Listing listing);

        static native TemplateInstance figures(Figures figures, Selection selection);

        static native TemplateInstance job(StudioFrame frame, JobItem item, String here);

        static native TemplateInstance one(StudioFrame frame, JobItem item, String here);

        private Templates() {}
    }

    /**
     * @param subject title of the only article that jobs are shown of
     * @param here the address of the page that shows this
     */
    record Listing(
            List<JobItem> items,
            JobCounts counts,
            List<JobTypeTitle> types,
            Selection selection,
            @Nullable String older,
            @Nullable String subject,
            String here) {

        public boolean paged() {
            return older != null || selection.cursor() != null;
        }

        public String typeTitle() {
            return types.stream()
                    .filter(type -> type.type().equals(selection.type()))
                    .map(JobTypeTitle::title)
                    .findFirst()
                    .orElse(String.valueOf(selection.type()));
        }
    }

    /** What the address narrows the jobs to. */
    record Asked(
            @RestQuery @Nullable String show,
            @RestQuery @Nullable UUID media,
            @RestQuery @Nullable String type,
            @RestQuery @Nullable String cursor) {

        Selection selection() {
            return new Selection(Selection.Tab.of(show), media, type, cursor);
        }
    }

    @GET
    public Response page(@BeanParam Asked asked) {
        StudioFrame frame = pages.frame(Section.JOBS);
        Selection selection = asked.selection();
        return pages.answer(frame, Templates.jobs(frame, listing(selection), figures(selection, frame)));
    }

    /** The part that changes while one looks at it. */
    @GET
    @Path("list")
    public Response list(@BeanParam Asked asked) {
        StudioFrame frame = pages.frame(Section.JOBS);
        return pages.answer(frame, Templates.list(frame, listing(asked.selection())));
    }

    /** What changes below it, more slowly. */
    @GET
    @Path("figures")
    public Response figures(@BeanParam Asked asked) {
        StudioFrame frame = pages.frame(Section.JOBS);
        Selection selection = asked.selection();
        return pages.answer(frame, Templates.figures(figures(selection, frame), selection));
    }

    @GET
    @Path("{id}")
    public Response job(@PathParam("id") UUID id) {
        StudioFrame frame = pages.frame(Section.JOBS);
        return pages.answer(frame, Templates.job(frame, item(id), JOBS + "/" + id));
    }

    @GET
    @Path("{id}/part")
    public Response part(@PathParam("id") UUID id) {
        StudioFrame frame = pages.frame(Section.JOBS);
        return pages.answer(frame, Templates.one(frame, item(id), JOBS + "/" + id));
    }

    @POST
    @Path("retry-failed")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response retryFailed(@RestForm @Nullable String next) {
        jobs.retryFailed(caller.get());
        return back(next);
    }

    @POST
    @Path("{id}/cancel")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response cancel(@PathParam("id") UUID id, @RestForm @Nullable String next) {
        jobs.cancel(caller.get(), id, pages.locale());
        return back(next);
    }

    @POST
    @Path("{id}/stop")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response stop(@PathParam("id") UUID id, @RestForm @Nullable String next) {
        jobs.stop(caller.get(), id, pages.locale());
        return back(next);
    }

    @POST
    @Path("{id}/retry")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response retry(@PathParam("id") UUID id, @RestForm @Nullable String next) {
        jobs.retry(caller.get(), id, pages.locale());
        return back(next);
    }

    private Figures figures(Selection selection, StudioFrame frame) {
        return Figures.of(jobs.figures(caller.get(), DAYS, selection.type()), frame.locale());
    }

    private Listing listing(Selection selection) {
        Locale locale = pages.locale();
        JobPage page = jobs.list(caller.get(), selection.filter(), selection.cursor(), PAGE, locale);
        List<JobItem> items =
                page.items().stream().map(job -> item(job, locale)).toList();
        String subject = selection.media() == null || items.isEmpty()
                ? null
                : items.get(0).job().title();
        return new Listing(
                items,
                jobs.counts(caller.get()),
                jobs.types(caller.get(), locale),
                selection,
                page.next(),
                subject,
                JOBS + selection.query());
    }

    private JobItem item(UUID id) {
        return item(jobs.require(caller.get(), id, pages.locale()), pages.locale());
    }

    private JobItem item(JobView job, Locale locale) {
        String about = (live.isCheck(job.type()) ? "/studio/live/" : "/studio/media/") + job.media();
        return new JobItem(job, about, locale);
    }

    private static Response back(@Nullable String next) {
        return Response.seeOther(URI.create(next == null ? JOBS : NextPage.safe(next)))
                .build();
    }
}
