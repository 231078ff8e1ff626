package io.regie.core.live;

import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.live.Deletions.Deletion;
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
import org.jspecify.annotations.Nullable;

/** Where live streams may be and how long recordings are kept, for administrators. */
@Path("/api/v1/live-settings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Access(value = Policy.ADMIN, scope = Scope.ADMIN)
@Tag(name = "Live streams")
class LiveSettingsResource {
    private final LiveSettings settings;
    private final Deletions deletions;

    LiveSettingsResource(LiveSettings settings, Deletions deletions) {
        this.settings = settings;
        this.deletions = deletions;
    }

    /**
     * What is absent stays as it is.
     *
     * @param allowed where live streams may be beside public addresses, such as {@code camera.lan:554},
     *     {@code 192.168.1.0/24:8554}, {@code [fd00::]/8}; without a port, those where media is served
     * @param keepDays after how many days recordings are deleted, unless they or their stream say otherwise; 0 for never
     * @param minFreePercent how much of the disk must be free: the oldest recordings are deleted for it; 0 for none
     */
    record LiveSettingsView(
            @Nullable List<String> allowed, @Nullable Integer keepDays, @Nullable Integer minFreePercent) {}

    record DeletionList(List<Deletion> items) {}

    @GET
    @Operation(summary = "Where live streams may be, and how long recordings are kept")
    public LiveSettingsView read() {
        return new LiveSettingsView(settings.allowed(), settings.keepDays(), settings.minFreePercent());
    }

    @PUT
    @Operation(summary = "Say where live streams may be, and how long recordings are kept")
    public LiveSettingsView write(@NotNull LiveSettingsView sent) {
        settings.change(sent.allowed(), sent.keepDays(), sent.minFreePercent());
        return read();
    }

    @GET
    @Path("deletions")
    @Operation(summary = "The recordings that were deleted last because they were old or the disk was full")
    public DeletionList deletions() {
        return new DeletionList(deletions.last());
    }
}
