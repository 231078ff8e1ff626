package io.regie.core.accounts;

import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.web.Client;
import io.regie.core.web.Languages;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Opens a new site. */
@Path("/api/v1/setup")
@Access(Policy.ALWAYS)
public class SetupResource {

    private final SetupService setup;

    SetupResource(SetupService setup) {
        this.setup = setup;
    }

    /**
     * What a new site is told about itself.
     *
     * @param code the one-time code on the server's console
     * @param language of the site, {@code en} or {@code fr}; for readers whose browser asks for neither
     * @param name of the administrator
     * @param sampleContent whether a first article is to show how things look
     */
    public record SetupRequest(
            @NotBlank @Size(max = 100) String code,
            @NotBlank @Size(max = 200) String siteName,
            @NotBlank @Size(max = 254) String email,
            @NotNull String password,
            @Nullable String language,
            @Nullable @Size(min = 1, max = 200) String name,
            @Nullable Boolean sampleContent) {

        @Override
        public String toString() {
            return "SetupRequest";
        }
    }

    /** @param administrator the account just made */
    public record SetupDone(UUID administrator) {}

    @POST
    @ResponseStatus(201)
    public SetupDone complete(@Valid @NotNull SetupRequest request, RoutingContext context) {
        return new SetupDone(setup.complete(
                request.code(),
                new NewSite(
                        request.siteName(),
                        request.language() == null ? null : Languages.require(request.language(), "language"),
                        request.name(),
                        request.email(),
                        request.password(),
                        Boolean.TRUE.equals(request.sampleContent())),
                Client.of(context).network()));
    }
}
