package io.regie.core.media;

import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.media.Trash.Trashed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What lies in the trash. */
@Path("/api/v1/media/trash")
@Produces(MediaType.APPLICATION_JSON)
class TrashResource {

    private final Trash trash;
    private final CurrentCaller caller;

    TrashResource(Trash trash, CurrentCaller caller) {
        this.trash = trash;
        this.caller = caller;
    }

    record TrashList(List<Trashed> items) {}

    /** What the caller threw away, or may take back for others, the last first. */
    @GET
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    public TrashList list(@Context HttpHeaders headers) {
        return new TrashList(
                trash.list(caller.get(), headers.getAcceptableLanguages().get(0)));
    }
}
