package io.regie.core.accounts;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class Sessions implements PanacheRepositoryBase<Session, UUID> {

    /** Those that still open something, the latest used first. */
    List<Session> of(UUID account, Instant now, Instant idleSince) {
        return list(
                "account = ?1 and expires > ?2 and lastSeen > ?3 order by lastSeen desc, id", account, now, idleSince);
    }

    boolean delete(UUID account, UUID id) {
        return delete("account = ?1 and id = ?2", account, id) > 0;
    }

    void deleteAllOf(UUID account) {
        delete("account", account);
    }

    long deleteOthers(UUID account, UUID kept) {
        return delete("account = ?1 and id <> ?2", account, kept);
    }

    void deleteExpired(UUID account, Instant now) {
        delete("account = ?1 and expires <= ?2", account, now);
    }
}
