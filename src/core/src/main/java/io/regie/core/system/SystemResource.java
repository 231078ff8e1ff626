package io.regie.core.system;

import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How the server is, for administrators. */
@Path("/api/v1/system")
@Access(value = Policy.ADMIN, scope = Scope.ADMIN)
@Tag(name = "System")
class SystemResource {

    private final SystemService system;

    SystemResource(SystemService system) {
        this.system = system;
    }

    @GET
    @Operation(summary = "Versions, codecs, protection, space, queue, plugins, and what somebody should look at")
    public SystemView read() {
        return system.look();
    }

    @POST
    @Path("test")
    @Operation(summary = "Try the media tools now, which takes a few seconds")
    public ToolTest test() {
        return system.test();
    }
}
