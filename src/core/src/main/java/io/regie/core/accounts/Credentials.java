package io.regie.core.accounts;

import io.agroal.api.AgroalDataSource;
import io.regie.core.access.Caller;
import io.regie.core.access.Caller.Via;
import io.regie.core.access.Identification;
import io.regie.core.access.Role;
import io.regie.core.access.Scope;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Asked with every request that carries a credential, so plain SQL and one round trip. Accounts and roles are read each
 * time: a disabled account or a changed role counts from the next request on.
 */
@Singleton
class Credentials implements Identification {

    /** How precisely is kept when somebody was last here; each step costs a write. */
    private static final Duration STEP = Duration.ofMinutes(1);

    private static final String SESSIONS = "select s.id, s.account, a.role, '*' as scopes, s.last_seen as seen"
            + " from session s join account a on a.id = s.account"
            + " where not a.disabled and s.expires > ? and s.last_seen > ? and ";
    private static final String TOKENS = "select t.id, t.account, a.role, t.scopes, t.last_used as seen"
            + " from api_token t join account a on a.id = t.account"
            + " where not a.disabled and (t.expires is null or t.expires > ?) and ";

    private final AgroalDataSource database;
    private final PasswordCheck passwords;
    private final AttemptLimits limits;
    private final AccountsConfig config;
    private final InstantSource clock;

    Credentials(
            AgroalDataSource database,
            PasswordCheck passwords,
            AttemptLimits limits,
            AccountsConfig config,
            InstantSource clock) {
        this.database = database;
        this.passwords = passwords;
        this.limits = limits;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Optional<Identified> bySession(String secret) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(SESSIONS + "s.hash = ?")) {
            query.setObject(1, timestamp(clock.instant()));
            query.setObject(2, idleSince());
            query.setBytes(3, Digests.sha256(secret));
            return identify(connection, query, Via.SESSION, "update session set last_seen = ? where id = ?");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Identified byToken(String secret, String address) {
        Optional<Identified> identified = findToken(secret);
        if (identified.isEmpty()) {
            limits.payToken(address);
        }
        return identified.orElseThrow(() -> new ProblemException(ProblemType.UNAUTHENTICATED, "unauthenticated"));
    }

    private Optional<Identified> findToken(String secret) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(TOKENS + "t.hash = ?")) {
            query.setObject(1, timestamp(clock.instant()));
            query.setBytes(2, Digests.sha256(secret));
            return identify(connection, query, Via.TOKEN, "update api_token set last_used = ? where id = ?");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Caller byPassword(String email, String password, String address) {
        Account account = passwords.require(email, password, address);
        return new Caller(account.id, account.role, Set.of(Scope.EVERYTHING), Via.PASSWORD);
    }

    @Override
    public Map<UUID, Caller> stillGood(Collection<UUID> credentials) {
        Map<UUID, Caller> good = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement sessions = connection.prepareStatement(SESSIONS + "s.id = any (?)");
                PreparedStatement tokens = connection.prepareStatement(TOKENS + "t.id = any (?)")) {
            Object ids = connection.createArrayOf("uuid", credentials.toArray());
            sessions.setObject(1, timestamp(clock.instant()));
            sessions.setObject(2, idleSince());
            sessions.setObject(3, ids);
            collect(sessions, Via.SESSION, good);
            tokens.setObject(1, timestamp(clock.instant()));
            tokens.setObject(2, ids);
            collect(tokens, Via.TOKEN, good);
            return good;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void collect(PreparedStatement query, Via via, Map<UUID, Caller> good) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                good.put(rows.getObject("id", UUID.class), caller(rows, via));
            }
        }
    }

    private Optional<Identified> identify(Connection connection, PreparedStatement query, Via via, String touch)
            throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            if (!rows.next()) {
                return Optional.empty();
            }
            UUID credential = rows.getObject("id", UUID.class);
            OffsetDateTime seen = rows.getObject("seen", OffsetDateTime.class);
            if (seen == null || seen.toInstant().isBefore(clock.instant().minus(STEP))) {
                touch(connection, touch, credential);
            }
            return Optional.of(new Identified(caller(rows, via), credential));
        }
    }

    private void touch(Connection connection, String update, UUID credential) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setObject(1, timestamp(clock.instant()));
            statement.setObject(2, credential);
            statement.executeUpdate();
        }
    }

    private static Caller caller(ResultSet row, Via via) throws SQLException {
        return new Caller(
                row.getObject("account", UUID.class),
                Role.valueOf(row.getString("role")),
                Scopes.parse(row.getString("scopes")),
                via);
    }

    private OffsetDateTime idleSince() {
        return timestamp(clock.instant().minus(config.sessions().idle()));
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
