package io.regie.core.media;

import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.problem.ProblemException;
import io.regie.core.web.Ids;
import io.regie.core.web.Revision;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
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

/** Where the parts of an article's media begin. */
@Path("/api/v1/media/{id}/chapters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Captions and chapters")
class ChaptersResource {

    private final ChapterService service;
    private final CurrentCaller caller;

    ChaptersResource(ChapterService service, CurrentCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    record ChapterItems(List<Chapter> items) {}

    /** @param start seconds from where the media begins */
    record ChapterRequest(double start, @NotNull String title) {}

    record ChaptersRequest(@NotNull List<@NotNull @Valid ChapterRequest> items) {}

    @GET
    @Access(Policy.OPEN)
    @Operation(summary = "The chapters of an article")
    @APIResponse(content = @Content(schema = @Schema(implementation = ChapterItems.class)))
    public Response list(@PathParam("id") String id) {
        return tagged(service.of(caller.get(), parse(id)));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(summary = "Replace all chapters of an article")
    @APIResponse(content = @Content(schema = @Schema(implementation = ChapterItems.class)))
    public Response replace(
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid ChaptersRequest request) {
        List<Chapter> wanted = request.items().stream()
                .map(item -> new Chapter(item.start(), item.title()))
                .toList();
        return tagged(service.replace(caller.get(), parse(id), wanted, Revision.named(ifMatch)));
    }

    private static Response tagged(ChapterService.Chapters chapters) {
        return Response.ok(new ChapterItems(chapters.items()))
                .header("ETag", Revision.tag(chapters.revision()))
                .build();
    }

    private static UUID parse(String id) {
        return Ids.parse(id).orElseThrow(ProblemException::notFound);
    }
}
