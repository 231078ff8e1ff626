package io.regie.core.studio.editor;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.Action;
import io.regie.core.access.Authorization;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.media.AnnexService;
import io.regie.core.media.MediaService;
import io.regie.core.media.MediaView;
import io.regie.core.problem.ProblemException;
import io.regie.core.studio.Section;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import io.regie.core.studio.editor.EditorView.AnnexList;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** The files that go with an article, a part of its editor. Whoever may not edit it finds nothing here. */
@Path("/studio/media/{id}/annexes")
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class AnnexPages {

    private final StudioPages pages;
    private final MediaService media;
    private final AnnexService annexes;
    private final EditorViews views;
    private final CurrentCaller caller;

    AnnexPages(StudioPages pages, MediaService media, AnnexService annexes, EditorViews views, CurrentCaller caller) {
        this.pages = pages;
        this.media = media;
        this.annexes = annexes;
        this.views = views;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "studio/editor")
    static final class Templates {
        static native TemplateInstance annexes(StudioFrame frame, AnnexList annexes);

        private Templates() {}
    }

    /** For whoever just added one. */
    @GET
    public Response list(@PathParam("id") UUID id) {
        MediaView found = media.require(caller.get(), id, pages.locale());
        if (!Authorization.may(caller.get(), Action.EDIT, found.guarded())) {
            throw ProblemException.notFound();
        }
        StudioFrame frame = pages.frame(Section.LIBRARY);
        return pages.answer(frame, Templates.annexes(frame, views.annexes(found, pages.locale())));
    }

    @POST
    @Path("{annex}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response rename(@PathParam("id") UUID id, @PathParam("annex") UUID annex, @RestForm @Nullable String title) {
        annexes.rename(caller.get(), id, annex, title == null ? "" : title);
        return back(id);
    }

    @POST
    @Path("{annex}/up")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response up(@PathParam("id") UUID id, @PathParam("annex") UUID annex) {
        annexes.move(caller.get(), id, annex, -1);
        return back(id);
    }

    @POST
    @Path("{annex}/down")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response down(@PathParam("id") UUID id, @PathParam("annex") UUID annex) {
        annexes.move(caller.get(), id, annex, 1);
        return back(id);
    }

    @POST
    @Path("{annex}/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response delete(@PathParam("id") UUID id, @PathParam("annex") UUID annex) {
        annexes.delete(caller.get(), id, annex);
        return back(id);
    }

    private static Response back(UUID id) {
        return Response.seeOther(URI.create("/studio/media/" + id + "#annexes")).build();
    }
}
