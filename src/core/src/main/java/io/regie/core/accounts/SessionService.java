package io.regie.core.accounts;

import io.regie.core.problem.ProblemException;
import io.regie.core.web.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Browsers that are signed in. */
@ApplicationScoped
public class SessionService {

    private final Sessions sessions;
    private final Accounts accounts;
    private final AccountsConfig config;
    private final InstantSource clock;

    SessionService(Sessions sessions, Accounts accounts, AccountsConfig config, InstantSource clock) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.config = config;
        this.clock = clock;
    }

    /**
     * A session, without its secret.
     *
     * @param browser as it named itself when it signed in, null when it said nothing usable
     * @param current whether it is the one that asks
     */
    public record SessionView(
            UUID id,
            @Nullable String browser,
            @Nullable String platform,
            Instant created,
            Instant lastSeen,
            Instant expires,
            boolean current) {}

    /**
     * Signs in.
     *
     * @param userAgent as the browser sent it
     * @return the secret for the cookie; only its digest is kept
     */
    @Transactional
    public String open(UUID account, @Nullable String userAgent) {
        Instant now = clock.instant();
        sessions.deleteExpired(account, now);
        String secret = Secrets.fresh();
        Session session = new Session();
        session.id = UUID.randomUUID();
        session.account = account;
        session.hash = Digests.sha256(secret);
        session.created = now;
        session.lastSeen = now;
        session.expires = now.plus(config.sessions().life());
        Device device = Device.of(userAgent);
        session.browser = device.browser();
        session.platform = device.platform();
        sessions.persist(session);
        accounts.signedIn(account, now);
        return secret;
    }

    /** Signs out; no matter if that happened already. */
    @Transactional
    public void end(UUID account, UUID session) {
        sessions.delete(account, session);
    }

    /** @param current the session that asks, if it is one */
    @Transactional
    public List<SessionView> list(UUID account, Optional<UUID> current) {
        Instant now = clock.instant();
        return sessions.of(account, now, now.minus(config.sessions().idle())).stream()
                .map(session -> new SessionView(
                        session.id,
                        session.browser,
                        session.platform,
                        session.created,
                        session.lastSeen,
                        session.expires,
                        current.filter(session.id::equals).isPresent()))
                .toList();
    }

    /** @throws ProblemException when the account has no such session */
    @Transactional
    public void revoke(UUID account, UUID session) {
        if (!sessions.delete(account, session)) {
            throw ProblemException.notFound();
        }
    }

    /** @param kept the session that asks, if it is one; every other ends */
    @Transactional
    public void revokeOthers(UUID account, Optional<UUID> kept) {
        kept.ifPresentOrElse(id -> sessions.deleteOthers(account, id), () -> sessions.deleteAllOf(account));
    }
}
