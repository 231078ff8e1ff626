package io.regie.core.accounts;

import io.regie.core.access.Role;
import io.regie.core.database.Sql;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of invitations. */
@Singleton
class Invitations {

    private static final String COLUMNS =
            "select i.id, i.email, i.role, i.created, i.expires, i.used is not null as used,"
                    + " a.role = 'ADMIN' and not a.disabled as meant from invitation i join account a on a.id = i.invited_by ";

    private final Sql sql;

    Invitations(Sql sql) {
        this.sql = sql;
    }

    /** @param meant whether whoever invited may still invite */
    record Invitation(
            UUID id, String email, Role role, Instant created, Instant expires, boolean used, boolean meant) {}

    List<Invitation> open() {
        return sql.list(COLUMNS + "where i.used is null order by i.created desc, i.id", Invitations::read);
    }

    Optional<Invitation> find(String secret) {
        return sql.find(COLUMNS + "where i.hash = ?", Invitations::read, (Object) Digests.sha256(secret));
    }

    void insert(UUID id, InvitationDraft draft, String secret, UUID by, Instant now, Instant expires) {
        sql.update(
                "insert into invitation (id, email, role, hash, invited_by, created, expires)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                id,
                draft.email(),
                draft.role().name(),
                Digests.sha256(secret),
                by,
                now,
                expires);
    }

    /** Whether it was the first time. */
    boolean use(UUID id, Instant now) {
        return sql.update("update invitation set used = ? where id = ? and used is null and expires > ?", now, id, now)
                == 1;
    }

    boolean delete(UUID id) {
        return sql.update("delete from invitation where id = ? and used is null", id) == 1;
    }

    void deleteUnusedFor(String email) {
        sql.update("delete from invitation where email = ? and used is null", email);
    }

    void deleteUnusedBy(UUID account) {
        sql.update("delete from invitation where invited_by = ? and used is null", account);
    }

    void deleteExpiredBefore(Instant time) {
        sql.update("delete from invitation where expires < ?", time);
    }

    private static Invitation read(ResultSet row) throws SQLException {
        return new Invitation(
                row.getObject("id", UUID.class),
                row.getString("email"),
                Role.valueOf(row.getString("role")),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                row.getObject("expires", OffsetDateTime.class).toInstant(),
                row.getBoolean("used"),
                row.getBoolean("meant"));
    }
}
