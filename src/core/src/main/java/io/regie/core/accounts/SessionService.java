package io.regie.core.accounts;

import io.regie.core.problem.ProblemException;
import io.regie.core.web.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Browsers that are signed in. */
@ApplicationScoped
public class SessionService {

    private final Sessions sessions;
    private final AccountsConfig config;
    private final InstantSource clock;

    SessionService(Sessions sessions, AccountsConfig config, InstantSource clock) {
        this.sessions = sessions;
        this.config = config;
        this.clock = clock;
    }

    /** A session, without its secret. */
    public record SessionView(UUID id, Instant created, Instant lastSeen, Instant expires) {}

    /**
     * Signs in.
     *
     * @return the secret for the cookie; only its digest is kept
     */
    @Transactional
    public String open(UUID account) {
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
        sessions.persist(session);
        return secret;
    }

    /** Signs out; no matter if that happened already. */
    @Transactional
    public void end(UUID account, UUID session) {
        sessions.delete(account, session);
    }

    @Transactional
    public List<SessionView> list(UUID account) {
        return sessions.of(account, clock.instant()).stream()
                .map(session -> new SessionView(session.id, session.created, session.lastSeen, session.expires))
                .toList();
    }

    /** @throws ProblemException when the account has no such session */
    @Transactional
    public void revoke(UUID account, UUID session) {
        if (!sessions.delete(account, session)) {
            throw ProblemException.notFound();
        }
    }
}
