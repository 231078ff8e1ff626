package io.regie.core.notifications;

import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.problem.ProblemException;
import io.regie.core.web.Languages;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the caller was told, and how they want to be. */
@Path("/api/v1/notifications")
@Access(Policy.SIGNED_IN)
@Tag(name = "Notifications")
class NotificationsResource {

    private final NotificationService notifications;
    private final CurrentCaller caller;
    private final RoutingContext request;

    NotificationsResource(NotificationService notifications, CurrentCaller caller, RoutingContext request) {
        this.notifications = notifications;
        this.caller = caller;
        this.request = request;
    }

    /** The last hundred, the newest first. */
    record NotificationList(int unread, List<NotificationView> items) {}

    /** @param choices kinds that are missing stay as they are */
    record Choices(@NotNull @Size(max = 10) List<@Valid @NotNull Choice> choices) {}

    @GET
    @Operation(summary = "What one was told")
    public NotificationList list() {
        return new NotificationList(notifications.unread(self()), notifications.list(self(), Languages.of(request)));
    }

    @POST
    @Path("read")
    @Operation(summary = "Mark everything as read")
    public void readAll() {
        notifications.readAll(self());
    }

    @POST
    @Path("{id}/read")
    @Operation(summary = "Mark one notification as read")
    public void read(UUID id) {
        notifications.read(self(), id);
    }

    @GET
    @Path("choices")
    @Operation(summary = "In which ways one hears of what")
    public Choices choices() {
        return new Choices(notifications.choices(self()));
    }

    @PATCH
    @Path("choices")
    @Operation(summary = "Choose in which ways one hears of what")
    public Choices choose(@Valid @NotNull Choices choices) {
        return new Choices(notifications.choose(self(), choices.choices()));
    }

    private UUID self() {
        UUID account = caller.get().account();
        if (account == null) {
            throw ProblemException.notFound();
        }
        return account;
    }
}
