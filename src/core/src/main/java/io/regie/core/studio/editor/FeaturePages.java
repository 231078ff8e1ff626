package io.regie.core.studio.editor;

import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.site.FeaturedMedia;
import io.regie.core.studio.StudioPages;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** Puts an article first on the home page, or takes it back. */
@Path("/studio/media/{id}/featured")
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class FeaturePages {

    private final FeaturedMedia featured;
    private final StudioPages pages;
    private final CurrentCaller caller;

    FeaturePages(FeaturedMedia featured, StudioPages pages, CurrentCaller caller) {
        this.featured = featured;
        this.pages = pages;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response choose(@PathParam("id") UUID id, @RestForm @Nullable String featured) {
        if ("no".equals(featured)) {
            this.featured.forget(caller.get(), id);
        } else {
            this.featured.feature(caller.get(), id, pages.locale());
        }
        return Response.seeOther(URI.create("/studio/media/" + id)).build();
    }
}
