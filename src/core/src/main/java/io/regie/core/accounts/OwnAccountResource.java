package io.regie.core.accounts;

import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.problem.ProblemException;
import io.regie.core.web.Client;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** The caller's own account. */
@Path("/api/v1/account")
@Access(Policy.SIGNED_IN)
public class OwnAccountResource {

    private final AccountService accounts;
    private final CurrentCaller caller;

    OwnAccountResource(AccountService accounts, CurrentCaller caller) {
        this.accounts = accounts;
        this.caller = caller;
    }

    /** @param current proves that it is still the same person */
    public record PasswordChange(@NotNull String current, @NotNull String password) {

        @Override
        public String toString() {
            return "PasswordChange";
        }
    }

    /** @param current password, which proves that it is still the same person */
    public record EmailChange(@NotNull @Size(max = 254) String email, @NotNull String current) {

        @Override
        public String toString() {
            return "EmailChange";
        }
    }

    @GET
    public AccountView read() {
        return accounts.find(caller.get().account()).orElseThrow(ProblemException::notFound);
    }

    /** Ends every session and every token of the account. */
    @POST
    @Path("password")
    public void changePassword(@Valid @NotNull PasswordChange change, RoutingContext request) {
        accounts.changePassword(
                caller.get().account(),
                change.password(),
                change.current(),
                Client.of(request).network());
    }

    @POST
    @Path("email")
    public AccountView changeEmail(@Valid @NotNull EmailChange change, RoutingContext request) {
        return accounts.changeEmail(
                caller.get().account(),
                change.email(),
                change.current(),
                Client.of(request).network());
    }

    @PATCH
    public AccountView change(@Valid @NotNull ProfileChange change) {
        return accounts.changeProfile(caller.get().account(), change);
    }
}
