package io.regie.core.accounts;

import io.regie.core.database.Sql;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Rows of links that let somebody choose a new password. */
@Singleton
class PasswordResets {

    private final Sql sql;

    PasswordResets(Sql sql) {
        this.sql = sql;
    }

    record PasswordReset(UUID id, UUID account, Instant expires, boolean used) {}

    /** Of an account that may come in. */
    Optional<PasswordReset> find(String secret) {
        return sql.find(
                "select r.id, r.account, r.expires, r.used is not null as used from password_reset r"
                        + " join account a on a.id = r.account where r.hash = ? and not a.disabled",
                row -> new PasswordReset(
                        row.getObject("id", UUID.class),
                        row.getObject("account", UUID.class),
                        row.getObject("expires", OffsetDateTime.class).toInstant(),
                        row.getBoolean("used")),
                (Object) Digests.sha256(secret));
    }

    /** The earlier ones that nobody used open nothing any more. */
    void replace(UUID account, String secret, Instant now, Instant expires) {
        deleteUnusedOf(account);
        sql.update(
                "insert into password_reset (id, account, hash, created, expires) values (?, ?, ?, ?, ?)",
                UUID.randomUUID(),
                account,
                Digests.sha256(secret),
                now,
                expires);
    }

    /** Whether it was the first time. */
    boolean use(UUID id, Instant now) {
        return sql.update(
                        "update password_reset set used = ? where id = ? and used is null and expires > ?",
                        now,
                        id,
                        now)
                == 1;
    }

    void deleteUnusedOf(UUID account) {
        sql.update("delete from password_reset where account = ? and used is null", account);
    }

    void deleteExpiredBefore(Instant time) {
        sql.update("delete from password_reset where expires < ?", time);
    }
}
