package io.regie.core.accounts;

import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.problem.ProblemException;
import io.regie.core.web.Client;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** The caller's own account. */
@Path("/api/v1/account")
@Access(Policy.SIGNED_IN)
public class OwnAccountResource {

    private final AccountService accounts;
    private final PasswordCheck passwords;
    private final CurrentCaller caller;

    OwnAccountResource(AccountService accounts, PasswordCheck passwords, CurrentCaller caller) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.caller = caller;
    }

    /** @param current proves that it is still the same person */
    public record PasswordChange(@NotNull String current, @NotNull String password) {

        @Override
        public String toString() {
            return "PasswordChange";
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
        AccountView account = read();
        passwords.require(account.email(), change.current(), Client.of(request).network());
        accounts.changePassword(account.id(), change.password());
    }
}
