package io.regie.core.media;

import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.problem.ProblemException;
import io.regie.core.web.Ids;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Files that go with an article. */
@Path("/api/v1/media/{id}/annexes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Annexes", description = "Files that go with media: scores, sources, photos")
class AnnexesResource {

    private final AnnexService service;
    private final CurrentCaller caller;

    AnnexesResource(AnnexService service, CurrentCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    record AnnexList(List<AnnexView> items) {}

    /** @param title empty to have one made of the file's name */
    record AnnexEditRequest(@NotNull String title) {}

    /** @param annexes all of the article, by id */
    record AnnexOrderRequest(@NotNull List<@NotNull UUID> annexes) {}

    @GET
    @Access(Policy.OPEN)
    @Operation(
            summary = "The files that go with an article",
            description =
                    "In the order that people chose. Add one as an upload that says annex-of; it has the id of its"
                            + " upload.")
    public AnnexList list(@PathParam("id") String id) {
        return new AnnexList(service.list(caller.get(), parse(id)));
    }

    @PATCH
    @Path("{annex}")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(summary = "Give a file that goes with an article another title")
    public AnnexView rename(
            @PathParam("id") String id, @PathParam("annex") String annex, @NotNull @Valid AnnexEditRequest request) {
        return service.rename(caller.get(), parse(id), parse(annex), request.title());
    }

    @PUT
    @Path("order")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(summary = "Put the files that go with an article into another order")
    public AnnexList order(@PathParam("id") String id, @NotNull @Valid AnnexOrderRequest request) {
        return new AnnexList(service.order(caller.get(), parse(id), request.annexes()));
    }

    @DELETE
    @Path("{annex}")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(summary = "Delete a file that goes with an article")
    public void delete(@PathParam("id") String id, @PathParam("annex") String annex) {
        service.delete(caller.get(), parse(id), parse(annex));
    }

    private static UUID parse(String id) {
        return Ids.parse(id).orElseThrow(ProblemException::notFound);
    }
}
