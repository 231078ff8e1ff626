package io.regie.core.media;

import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.media.CaptionText.CueView;
import io.regie.core.problem.ProblemException;
import io.regie.core.web.Ids;
import io.regie.core.web.Revision;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Captions of an article, a track for each language or audience. */
@Path("/api/v1/media/{id}/captions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Captions and chapters", description = "What is said in media, and where its parts begin")
class CaptionsResource {

    private final CaptionService service;
    private final CurrentCaller caller;

    CaptionsResource(CaptionService service, CurrentCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    record CaptionList(List<CaptionView> items) {}

    /** @param settings where it stands, as WebVTT says it; absent for the usual place */
    record CueRequest(double start, double end, @NotNull String text, @Nullable String settings) {}

    record CuesRequest(@NotNull List<@NotNull @Valid CueRequest> cues) {}

    @GET
    @Access(Policy.OPEN)
    @Operation(summary = "The tracks of captions of an article")
    public CaptionList list(@PathParam("id") String id) {
        return new CaptionList(service.list(caller.get(), parse(id)));
    }

    @POST
    @Consumes({"text/vtt", "application/x-subrip", MediaType.TEXT_PLAIN, MediaType.APPLICATION_OCTET_STREAM})
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(
            summary = "Add a track of captions",
            description = "The body is a file of SRT or WebVTT, at most 1 MB, in UTF-8 or UTF-16, SRT also in"
                    + " windows-1252; an empty one begins with nothing. It is written anew: styles, regions and tags"
                    + " other than b, i, u, ruby, rt, lang and v go.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CaptionText.class)))
    public Response create(
            @PathParam("id") String id,
            @QueryParam("language") @Nullable String language,
            @QueryParam("label") @Nullable String label,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("default") @Nullable Boolean standard,
            byte @Nullable [] file) {
        CaptionText made = service.create(
                caller.get(),
                parse(id),
                new CaptionEdit(language, label, kind, standard),
                file == null ? new byte[0] : file);
        return Response.status(Response.Status.CREATED)
                .header(
                        "Location",
                        "/api/v1/media/" + id + "/captions/" + made.track().id())
                .header("ETag", Revision.tag(made.track().revision()))
                .entity(made)
                .build();
    }

    @GET
    @Path("{track}")
    @Access(Policy.OPEN)
    @Operation(summary = "One track of captions with its cues")
    @APIResponse(content = @Content(schema = @Schema(implementation = CaptionText.class)))
    public Response read(@PathParam("id") String id, @PathParam("track") String track) {
        return tagged(service.require(caller.get(), parse(id), parse(track)));
    }

    @PATCH
    @Path("{track}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(summary = "Change language, label, kind or default of a track of captions")
    @APIResponse(content = @Content(schema = @Schema(implementation = CaptionText.class)))
    public Response edit(
            @PathParam("id") String id,
            @PathParam("track") String track,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull CaptionEdit request) {
        return tagged(service.edit(caller.get(), parse(id), parse(track), request, Revision.named(ifMatch)));
    }

    @PUT
    @Path("{track}/cues")
    @Consumes(MediaType.APPLICATION_JSON)
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(summary = "Replace all cues of a track of captions")
    @APIResponse(content = @Content(schema = @Schema(implementation = CaptionText.class)))
    public Response say(
            @PathParam("id") String id,
            @PathParam("track") String track,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid CuesRequest request) {
        List<CueView> cues = request.cues().stream()
                .map(cue ->
                        new CueView(cue.start(), cue.end(), cue.text(), cue.settings() == null ? "" : cue.settings()))
                .toList();
        return tagged(service.say(caller.get(), parse(id), parse(track), cues, Revision.named(ifMatch)));
    }

    @DELETE
    @Path("{track}")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(summary = "Delete a track of captions")
    public void delete(
            @PathParam("id") String id,
            @PathParam("track") String track,
            @HeaderParam("If-Match") @Nullable String ifMatch) {
        service.delete(caller.get(), parse(id), parse(track), Revision.named(ifMatch));
    }

    private static Response tagged(CaptionText text) {
        return Response.ok(text)
                .header("ETag", Revision.tag(text.track().revision()))
                .build();
    }

    private static UUID parse(String id) {
        return Ids.parse(id).orElseThrow(ProblemException::notFound);
    }
}
