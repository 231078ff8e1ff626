package io.regie.core.accounts;

import io.regie.core.access.Scope;
import io.regie.core.problem.ProblemException;
import io.regie.core.web.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Personal API tokens. */
@ApplicationScoped
public class TokenService {

    /** Lets scanners for leaked secrets recognise ours. */
    private static final String PREFIX = "regie_";

    private static final int LONGEST_NAME = 200;

    private final ApiTokens tokens;
    private final InstantSource clock;

    TokenService(ApiTokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** A token, without its secret. */
    public record TokenView(
            UUID id,
            String name,
            List<String> scopes,
            Instant created,
            @Nullable Instant expires,
            @Nullable Instant lastUsed) {}

    /** @param token shown this once */
    public record NewToken(UUID id, String name, List<String> scopes, @Nullable Instant expires, String token) {}

    /**
     * Makes a token.
     *
     * @param words what it is good for, as the API writes scopes
     * @param maker the token that asks for it, which the new one does not outlive
     * @throws ProblemException when something is not as it must be
     */
    @Transactional
    public NewToken create(
            UUID account, String name, List<String> words, @Nullable Instant expires, Optional<UUID> maker) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw ProblemException.invalidField("name", "accounts.token-name", LONGEST_NAME);
        }
        if (words.isEmpty()) {
            throw ProblemException.invalidField("scopes", "accounts.scope-missing");
        }
        Set<Scope> scopes = Scopes.require(words);
        Instant end = earlier(
                expires, maker.map(tokens::findById).map(token -> token.expires).orElse(null));
        if (end != null && !end.isAfter(clock.instant())) {
            throw ProblemException.invalidField("expires", "accounts.expired-already");
        }
        String secret = PREFIX + Secrets.fresh();
        ApiToken token = new ApiToken();
        token.id = UUID.randomUUID();
        token.account = account;
        token.name = name.strip();
        token.hash = Digests.sha256(secret);
        token.scopes = Scopes.join(scopes);
        token.created = clock.instant();
        token.expires = end;
        tokens.persist(token);
        return new NewToken(token.id, token.name, Scopes.words(scopes), end, secret);
    }

    @Transactional
    public List<TokenView> list(UUID account) {
        return tokens.of(account).stream()
                .map(token -> new TokenView(
                        token.id,
                        token.name,
                        Scopes.words(Scopes.parse(token.scopes)),
                        token.created,
                        token.expires,
                        token.lastUsed))
                .toList();
    }

    /** @throws ProblemException when the account has no such token */
    @Transactional
    public void revoke(UUID account, UUID token) {
        if (!tokens.delete(account, token)) {
            throw ProblemException.notFound();
        }
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
