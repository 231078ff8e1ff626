package io.regie.core.live;

import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where live streams may be, for administrators. */
@Path("/api/v1/live-settings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Access(value = Policy.ADMIN, scope = Scope.ADMIN)
@Tag(name = "Live streams")
class LiveSettingsResource {
    private final LiveSettings settings;

    LiveSettingsResource(LiveSettings settings) {
        this.settings = settings;
    }

    /**
     * Where live streams may be, beside public addresses.
     *
     * @param allowed such as {@code camera.lan:554}, {@code 192.168.1.0/24:8554}, {@code [fd00::]/8}; without a port,
     *     those where media is served
     */
    record LiveSettingsView(@NotNull List<String> allowed) {}

    @GET
    @Operation(summary = "Where live streams may be, beside public addresses")
    public LiveSettingsView read() {
        return new LiveSettingsView(settings.allowed());
    }

    @PUT
    @Operation(summary = "Say where live streams may be, beside public addresses")
    public LiveSettingsView write(@NotNull LiveSettingsView sent) {
        settings.allow(sent.allowed() == null ? List.of() : sent.allowed());
        return read();
    }
}
