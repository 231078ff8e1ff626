package io.regie.core.mail;

import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.web.Languages;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where mail goes out, for administrators. */
@Path("/api/v1/mail-settings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Access(value = Policy.ADMIN, scope = Scope.ADMIN)
@Tag(name = "Settings")
class MailSettingsResource {

    private final MailSettings settings;
    private final MailService mail;
    private final RoutingContext request;

    MailSettingsResource(MailSettings settings, MailService mail, RoutingContext request) {
        this.settings = settings;
        this.mail = mail;
        this.request = request;
    }

    /** @param recipient who gets it */
    record MailTest(@NotBlank String recipient) {}

    @GET
    @Operation(summary = "Where mail goes out")
    public MailSettingsView read() {
        return settings.read();
    }

    @PATCH
    @Operation(summary = "Say where mail goes out; counts from the next mail on")
    public MailSettingsView change(@Valid @NotNull MailSettingsChange change) {
        settings.change(change);
        return settings.read();
    }

    @POST
    @Path("test")
    @Operation(summary = "Send a mail to see whether it arrives")
    public void test(@Valid @NotNull MailTest test) {
        mail.test(test.recipient(), Languages.of(request));
    }
}
