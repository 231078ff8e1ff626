package io.regie.core.accounts;

import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Everybody's accounts, for administrators. */
@Path("/api/v1/accounts")
@Access(value = Policy.ADMIN, scope = Scope.ADMIN)
public class AccountsResource {

    private final AccountService accounts;

    AccountsResource(AccountService accounts) {
        this.accounts = accounts;
    }

    @POST
    @ResponseStatus(201)
    public AccountView create(@Valid @NotNull AccountDraft draft) {
        return accounts.create(draft);
    }

    @GET
    public List<AccountView> list() {
        return accounts.list();
    }

    @GET
    @Path("{id}")
    public AccountView read(UUID id) {
        return accounts.find(id).orElseThrow(ProblemException::notFound);
    }

    @PATCH
    @Path("{id}")
    public AccountView change(UUID id, @Valid @NotNull AccountChange change) {
        return accounts.change(id, change);
    }
}
