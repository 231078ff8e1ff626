package io.regie.core.studio.texts;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.Action;
import io.regie.core.access.Authorization;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.media.CaptionEdit;
import io.regie.core.media.CaptionService;
import io.regie.core.media.CaptionText;
import io.regie.core.media.MediaService;
import io.regie.core.media.MediaView;
import io.regie.core.problem.ProblemException;
import io.regie.core.studio.LanguageChoices;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Captions and chapters of one article. Whoever may not edit it finds nothing here. */
@Path("/studio/media/{id}/texts")
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class TextPages {

    private static final String CHAPTERS = "chapters";

    private final StudioPages pages;
    private final MediaService media;
    private final CaptionService captions;
    private final CurrentCaller caller;

    TextPages(StudioPages pages, MediaService media, CaptionService captions, CurrentCaller caller) {
        this.pages = pages;
        this.media = media;
        this.captions = captions;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "studio/texts")
    static final class Templates {
        static native TemplateInstance page(StudioFrame frame, TextView view);

        private Templates() {}
    }

    /** Where captions are added. */
    @GET
    public Response add(@PathParam("id") UUID id) {
        MediaView found = require(id);
        return answer(200, view(found, "", null, null));
    }

    @GET
    @Path(CHAPTERS)
    public Response chapters(@PathParam("id") UUID id) {
        MediaView found = require(id);
        return answer(200, view(found, CHAPTERS, null, null));
    }

    @GET
    @Path("captions/{track}")
    public Response track(@PathParam("id") UUID id, @PathParam("track") UUID track) {
        MediaView found = require(id);
        CaptionText text = captions.require(caller.get(), id, track);
        return answer(200, view(found, track.toString(), text, null));
    }

    @POST
    @Path("captions/{track}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response edit(
            @PathParam("id") UUID id, @PathParam("track") UUID track, MultivaluedMap<String, String> posted) {
        require(id);
        CaptionEdit wanted = new CaptionEdit(
                posted.getFirst("language"),
                posted.getFirst("label"),
                posted.getFirst("kind"),
                posted.containsKey("default"));
        try {
            captions.edit(caller.get(), id, track, wanted, null);
            return Response.seeOther(URI.create("/studio/media/" + id + "/texts/captions/" + track))
                    .build();
        } catch (ProblemException e) {
            CaptionText text = captions.require(caller.get(), id, track);
            return answer(e.type().status(), view(require(id), track.toString(), text, e.sentences(pages.locale())));
        }
    }

    @POST
    @Path("captions/{track}/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response delete(@PathParam("id") UUID id, @PathParam("track") UUID track) {
        captions.delete(caller.get(), id, track, null);
        return Response.seeOther(URI.create("/studio/media/" + id + "/texts")).build();
    }

    private Response answer(int status, TextView view) {
        StudioFrame frame = pages.frame(Section.LIBRARY);
        return pages.answer(status, frame, Templates.page(frame, view));
    }

    private TextView view(MediaView found, String part, @Nullable CaptionText text, @Nullable String notice) {
        String language = text == null ? found.language() : text.track().language();
        String kind = text == null ? "subtitles" : text.track().kind();
        return new TextView(found, part, text, LanguageChoices.of(language, pages.locale()), language, kind, notice);
    }

    private MediaView require(UUID id) {
        MediaView found = media.require(caller.get(), id, pages.locale());
        if (!Authorization.may(caller.get(), Action.EDIT, found.guarded())) {
            throw ProblemException.notFound();
        }
        return found;
    }
}
