package io.regie.core.live;

import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.live.LiveStreamView.CheckView;
import io.regie.core.live.LiveStreamView.RecordingView;
import io.regie.core.storage.Storage;
import io.regie.core.web.Revision;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Live streams for their owners, and for editors. */
@Path("/api/v1/live-streams")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Live streams", description = "Sources that can be recorded. What opens one is write-only")
class LiveStreamsResource {
    private final LiveService live;
    private final Storage storage;
    private final CurrentCaller caller;

    LiveStreamsResource(LiveService live, Storage storage, CurrentCaller caller) {
        this.live = live;
        this.storage = storage;
        this.caller = caller;
    }

    record LiveStreamList(List<LiveStreamView> items) {}

    record RecordingList(List<RecordingView> items) {}

    @GET
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_READ)
    @Operation(summary = "All live streams that the caller may see")
    public LiveStreamList list() {
        return new LiveStreamList(live.list(caller.get()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(
            summary = "Add a live stream",
            description = "By an author or above. The address is stored sealed and shown without credentials and path.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = LiveStreamView.class)))
    public Response create(@NotNull LiveDraft draft) {
        LiveStreamView view = live.create(caller.get(), draft);
        return Response.status(Response.Status.CREATED)
                .header("Location", "/api/v1/live-streams/" + view.id())
                .header("ETag", Revision.tag(view.revision()))
                .entity(view)
                .build();
    }

    @GET
    @Path("{id}")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_READ)
    @Operation(summary = "One live stream")
    @APIResponse(content = @Content(schema = @Schema(implementation = LiveStreamView.class)))
    public Response read(@PathParam("id") UUID id) {
        return tagged(live.require(caller.get(), id));
    }

    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(
            summary = "Change a live stream",
            description = "What is absent stays. An address replaces the old one with its credentials.")
    @APIResponse(content = @Content(schema = @Schema(implementation = LiveStreamView.class)))
    public Response edit(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String ifMatch, @NotNull LiveDraft draft) {
        return tagged(live.edit(caller.get(), id, draft, Revision.named(ifMatch)));
    }

    @DELETE
    @Path("{id}")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(summary = "Delete a live stream", description = "A running recording of it is finished and kept.")
    public void delete(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        live.delete(caller.get(), id, Revision.named(ifMatch));
    }

    @POST
    @Path("{id}/check")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(summary = "Find out what a live stream sends")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = CheckView.class)))
    public Response check(@PathParam("id") UUID id) {
        return Response.accepted(live.check(caller.get(), id)).build();
    }

    @POST
    @Path("{id}/record")
    @Consumes(MediaType.APPLICATION_JSON)
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(
            summary = "Begin to record a live stream",
            description = "Stop or cancel the job to end it. The article is there at once.")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = RecordingView.class)))
    public Response record(@PathParam("id") UUID id, @Nullable Map<String, Object> parameters) {
        return Response.accepted(live.record(caller.get(), id, parameters == null ? Map.of() : parameters))
                .build();
    }

    @GET
    @Path("{id}/recordings")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_READ)
    @Operation(summary = "The last recordings of a live stream, the newest first")
    public RecordingList recordings(@PathParam("id") UUID id) {
        return new RecordingList(live.recordings(caller.get(), id));
    }

    @GET
    @Path("{id}/snapshot")
    @Produces(MediaType.WILDCARD)
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_READ)
    @Operation(summary = "What a live stream showed when it was last checked")
    public Response snapshot(@PathParam("id") UUID id) throws IOException {
        return Response.ok(storage.localFile(live.snapshot(caller.get(), id)).toFile())
                .type("image/jpeg")
                .header("Cache-Control", "private, no-cache")
                .build();
    }

    private static Response tagged(LiveStreamView view) {
        return Response.ok(view).header("ETag", Revision.tag(view.revision())).build();
    }
}
