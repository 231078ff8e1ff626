package io.regie.core.studio.editor;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.Action;
import io.regie.core.access.Authorization;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.media.Estimates;
import io.regie.core.media.MediaService;
import io.regie.core.media.MediaView;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.studio.Section;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import io.regie.core.studio.editor.EditorView.Estimated;
import io.regie.core.studio.editor.EditorView.Offers;
import io.regie.core.studio.editor.EditorView.Results;
import io.regie.core.studio.editor.EditorView.Values;
import io.regie.core.studio.editor.EditorView.Work;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The editor of one media article. Whoever may not edit it finds nothing here. */
@Path("/studio/media/{id}")
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class EditorPages {

    private final StudioPages pages;
    private final MediaService media;
    private final EditorViews views;
    private final ActionForms actions;
    private final Estimates estimates;
    private final SettingsService settings;
    private final CurrentCaller caller;

    EditorPages(
            StudioPages pages,
            MediaService media,
            EditorViews views,
            ActionForms actions,
            Estimates estimates,
            SettingsService settings,
            CurrentCaller caller) {
        this.pages = pages;
        this.media = media;
        this.views = views;
        this.actions = actions;
        this.estimates = estimates;
        this.settings = settings;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "studio/editor")
    static final class Templates {
        static native TemplateInstance page(StudioFrame frame, EditorView view);

        static native TemplateInstance work(StudioFrame frame, Work work);

        static native TemplateInstance actions(StudioFrame frame, Offers offers);

        static native TemplateInstance estimate(Estimated estimate);

        static native TemplateInstance results(StudioFrame frame, Results results);

        static native TemplateInstance preview(MediaView media);

        private Templates() {}
    }

    @GET
    public Response page(@PathParam("id") UUID id) {
        MediaView found = require(id);
        StudioFrame frame = pages.frame(Section.LIBRARY);
        return pages.answer(frame, Templates.page(frame, views.page(found, caller.get(), pages.locale())));
    }

    /** The part that changes while one looks at it. */
    @GET
    @Path("work")
    public Response work(@PathParam("id") UUID id) {
        MediaView found = require(id);
        StudioFrame frame = pages.frame(Section.LIBRARY);
        return pages.answer(frame, Templates.work(frame, views.work(found, caller.get(), pages.locale())));
    }

    /** What can be done with it, for whoever waits for it. */
    @GET
    @Path("actions")
    public Response actions(@PathParam("id") UUID id) {
        MediaView found = require(id);
        StudioFrame frame = pages.frame(Section.LIBRARY);
        return pages.answer(frame, Templates.actions(frame, views.offers(found, pages.locale())));
    }

    /** What was made of it. */
    @GET
    @Path("results")
    public Response results(@PathParam("id") UUID id) {
        MediaView found = require(id);
        StudioFrame frame = pages.frame(Section.LIBRARY);
        return pages.answer(frame, Templates.results(frame, views.results(found, pages.locale())));
    }

    @POST
    @Path("animations/{animation}/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response deleteAnimation(@PathParam("id") UUID id, @PathParam("animation") UUID animation) {
        media.deleteAnimation(caller.get(), id, animation);
        return Response.seeOther(URI.create("/studio/media/" + id + "#results")).build();
    }

    /** Stays with the file it has. */
    @POST
    @Path("replacement/cancel")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response cancelReplacement(@PathParam("id") UUID id) {
        media.cancelReplacement(caller.get(), id);
        return Response.seeOther(URI.create("/studio/media/" + id + "#work")).build();
    }

    /** What plays, for whoever waits for it. */
    @GET
    @Path("preview")
    public Response preview(@PathParam("id") UUID id) {
        return pages.answer(pages.frame(Section.LIBRARY), Templates.preview(require(id)));
    }

    /** The whole form, as browsers send it where no script saves while people write. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(@PathParam("id") UUID id, MultivaluedMap<String, String> posted) {
        MediaView before = require(id);
        PostedForm form = new PostedForm(name -> posted.getOrDefault(name, List.of()), settings.get(Setting.ZONE));
        try {
            media.edit(caller.get(), id, form.edit(before, views.values(before)), form.revision(), pages.locale());
            return Response.seeOther(URI.create("/studio/media/" + id)).build();
        } catch (ProblemException e) {
            Optional<Values> theirs =
                    e.type() == ProblemType.PRECONDITION_FAILED ? Optional.of(views.values(before)) : Optional.empty();
            StudioFrame frame = pages.frame(Section.LIBRARY);
            EditorView view = views.page(
                    before,
                    form.values(),
                    e.sentences(pages.locale()),
                    theirs.orElse(null),
                    caller.get(),
                    pages.locale());
            return pages.answer(e.type().status(), frame, Templates.page(frame, view));
        }
    }

    /** Starts what a plugin offers. */
    @POST
    @Path("actions/{jobType}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response act(
            @PathParam("id") UUID id, @PathParam("jobType") String jobType, MultivaluedMap<String, String> posted) {
        MediaView found = require(id);
        try {
            ActionForms.Posted form = actions.read(jobType, name -> posted.getOrDefault(name, List.of()));
            media.act(caller.get(), id, jobType, form.parameters(), form.inputs());
            return Response.seeOther(URI.create("/studio/media/" + id + "#work"))
                    .build();
        } catch (ProblemException e) {
            StudioFrame frame = pages.frame(Section.LIBRARY);
            EditorView view = views.page(
                    found, views.values(found), e.sentences(pages.locale()), null, caller.get(), pages.locale());
            return pages.answer(e.type().status(), frame, Templates.page(frame, view));
        }
    }

    /** What starting it would come to, for the form as it is now; why it would be refused, where it would be. */
    @POST
    @Path("actions/{jobType}/estimate")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response estimate(
            @PathParam("id") UUID id, @PathParam("jobType") String jobType, MultivaluedMap<String, String> posted) {
        require(id);
        ActionForms.Posted form = actions.read(jobType, name -> posted.getOrDefault(name, List.of()));
        Estimated estimated;
        try {
            estimated = views.estimated(
                    estimates.of(caller.get(), id, jobType, form.parameters(), form.inputs()), pages.locale());
        } catch (ProblemException e) {
            estimated = new Estimated(e.type() == ProblemType.UNAVAILABLE ? "" : e.sentences(pages.locale()), "", "");
        }
        return pages.answer(pages.frame(Section.LIBRARY), Templates.estimate(estimated));
    }

    /** Leads to the library, which offers to take it back. */
    @POST
    @Path("delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response delete(@PathParam("id") UUID id) {
        media.trash(caller.get(), id);
        return Response.seeOther(URI.create("/studio/library#deleted-" + id)).build();
    }

    /** Takes it out of the trash again. */
    @POST
    @Path("restore")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response restore(@PathParam("id") UUID id) {
        media.restore(caller.get(), id);
        return Response.seeOther(URI.create("/studio/library/trash")).build();
    }

    private MediaView require(UUID id) {
        MediaView found = media.require(caller.get(), id, pages.locale());
        if (!Authorization.may(caller.get(), Action.EDIT, found.guarded())) {
            throw ProblemException.notFound();
        }
        return found;
    }
}
