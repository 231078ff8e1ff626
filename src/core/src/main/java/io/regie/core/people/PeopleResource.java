package io.regie.core.people;

import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.accounts.AccountService;
import io.regie.core.accounts.OneTimeLink;
import io.regie.core.accounts.PasswordResetService;
import io.regie.core.settings.SiteAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Who works on the site, for administrators. Roles change at {@code /api/v1/accounts}. */
@Path("/api/v1/people")
@Access(value = Policy.ADMIN, scope = Scope.ADMIN)
@Tag(name = "People")
class PeopleResource {

    private final PeopleService people;
    private final AccountService accounts;
    private final PasswordResetService resets;
    private final SiteAddress address;
    private final RoutingContext request;

    PeopleResource(
            PeopleService people,
            AccountService accounts,
            PasswordResetService resets,
            SiteAddress address,
            RoutingContext request) {
        this.people = people;
        this.accounts = accounts;
        this.resets = resets;
        this.address = address;
        this.request = request;
    }

    /** @param to the account that owns everything from now on */
    record Transfer(@NotNull UUID to) {}

    @GET
    @Operation(summary = "Everybody with an account, and how much is theirs")
    public List<PersonView> list() {
        return people.list();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One person, and how much is theirs")
    public PersonView read(UUID id) {
        return people.require(id);
    }

    @POST
    @Path("{id}/transfer")
    @Operation(summary = "Hand everything of somebody over to somebody else: articles, their jobs, live streams")
    public PersonView transfer(UUID id, @Valid @NotNull Transfer transfer) {
        accounts.transfer(id, transfer.to());
        return people.require(id);
    }

    @POST
    @Path("{id}/password-link")
    @ResponseStatus(201)
    @Operation(summary = "Make a link with which somebody chooses a new password; it is shown this once")
    public OneTimeLink passwordLink(UUID id) {
        return resets.create(id, address.of(request));
    }
}
