package io.regie.core.media;

import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Tags to choose from. */
@Path("/api/v1/tags")
@Produces(MediaType.APPLICATION_JSON)
class TagsResource {

    private final MediaLibrary library;
    private final CurrentCaller caller;

    TagsResource(MediaLibrary library, CurrentCaller caller) {
        this.library = library;
        this.caller = caller;
    }

    record TagList(List<String> items) {}

    /** The first tags in the alphabet that begin so, of articles that the caller finds in lists. */
    @GET
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_READ)
    public TagList list(@QueryParam("q") @DefaultValue("") String typed) {
        return new TagList(library.tags(caller.get(), typed));
    }
}
