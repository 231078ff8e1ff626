package io.regie.core.accounts;

import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.problem.ProblemException;
import io.regie.core.settings.SiteAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Inviting people, for administrators. */
@Path("/api/v1/invitations")
@Access(value = Policy.ADMIN, scope = Scope.ADMIN)
@Tag(name = "People")
class InvitationsResource {

    private final InvitationService invitations;
    private final SiteAddress address;
    private final CurrentCaller caller;
    private final RoutingContext request;

    InvitationsResource(
            InvitationService invitations, SiteAddress address, CurrentCaller caller, RoutingContext request) {
        this.invitations = invitations;
        this.address = address;
        this.caller = caller;
        this.request = request;
    }

    @GET
    @Operation(summary = "Invitations that nobody accepted yet")
    public List<InvitationView> list() {
        return invitations.list();
    }

    @POST
    @ResponseStatus(201)
    @Operation(summary = "Invite somebody; the link in the answer is shown this once")
    public OneTimeLink invite(@Valid @NotNull InvitationDraft draft) {
        UUID account = caller.get().account();
        if (account == null) {
            throw ProblemException.notFound();
        }
        return invitations.invite(account, draft, address.of(request));
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Withdraw an invitation")
    public void withdraw(UUID id) {
        invitations.withdraw(id);
    }
}
