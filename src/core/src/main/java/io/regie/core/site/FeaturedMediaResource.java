package io.regie.core.site;

import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What stands first on the home page, for editors. */
@Path("/api/v1/featured-media")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Media")
class FeaturedMediaResource {

    private final FeaturedMedia featured;
    private final CurrentCaller caller;

    FeaturedMediaResource(FeaturedMedia featured, CurrentCaller caller) {
        this.featured = featured;
        this.caller = caller;
    }

    record FeaturedMediaList(List<UUID> items) {}

    @GET
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_READ)
    @Operation(
            summary = "The articles that stand first on the home page, the last chosen first",
            description = "For editors. Those of them that visitors may not see are not shown there.")
    public FeaturedMediaList list() {
        return new FeaturedMediaList(featured.chosen(caller.get()));
    }

    @PUT
    @Path("{id}")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(
            summary = "Put an article first on the home page",
            description = "By an editor or above. There are four places: the one chosen longest ago makes room.")
    public FeaturedMediaList feature(@PathParam("id") UUID id, @Context HttpHeaders headers) {
        featured.feature(caller.get(), id, headers.getAcceptableLanguages().get(0));
        return list();
    }

    @DELETE
    @Path("{id}")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(summary = "Take an article from the first places on the home page")
    public FeaturedMediaList forget(@PathParam("id") UUID id) {
        featured.forget(caller.get(), id);
        return list();
    }
}
