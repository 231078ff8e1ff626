package io.regie.core.accounts;

import io.regie.core.access.Access;
import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.accounts.TokenService.NewToken;
import io.regie.core.accounts.TokenService.TokenView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** The caller's own tokens. */
@Path("/api/v1/tokens")
@Access(Policy.SIGNED_IN)
public class TokensResource {

    private final TokenService tokens;
    private final CurrentCaller caller;

    TokensResource(TokenService tokens, CurrentCaller caller) {
        this.tokens = tokens;
        this.caller = caller;
    }

    /** A token to be made. @param scopes {@code *}, {@code media:read}, {@code media:write}, {@code jobs}, {@code admin} */
    public record TokenRequest(
            @NotBlank @Size(max = 200) String name,
            @NotEmpty @Size(max = 10) List<@NotNull String> scopes,
            @Nullable Instant expires) {}

    @POST
    @ResponseStatus(201)
    public NewToken create(@Valid @NotNull TokenRequest request) {
        Caller maker = caller.get();
        Optional<UUID> limiting = maker.via() == Caller.Via.TOKEN ? caller.credential() : Optional.empty();
        return tokens.create(maker.account(), request.name(), request.scopes(), request.expires(), limiting);
    }

    @GET
    public List<TokenView> list() {
        return tokens.list(caller.get().account());
    }

    @DELETE
    @Path("{id}")
    public void revoke(UUID id) {
        tokens.revoke(caller.get().account(), id);
    }
}
