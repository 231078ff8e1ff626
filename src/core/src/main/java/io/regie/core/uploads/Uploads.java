package io.regie.core.uploads;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regie.core.access.Visibility;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The rows of uploads. Plain SQL: every step is one conditional statement that two requests cannot both win. */
@Singleton
class Uploads {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataSource database;

    @Inject
    Uploads(DataSource database) {
        this.database = database;
    }

    /** What an account's unfinished uploads take. */
    record Unfinished(int count, long reserved) {}

    /** Decides on a new reservation, knowing what is reserved already. */
    interface Admission {
        /** @return what to reserve */
        long admit(Unfinished unfinished);
    }

    /** Adds a row if the admission does not throw; two calls for one owner never see the same room. */
    UploadRow insert(UUID id, UploadDraft draft, Instant now, Instant expires, Admission admission) {
        return exclusively(draft.owner(), connection -> {
            long reserved = admission.admit(unfinished(connection, draft.owner()));
            update(
                    connection,
                    "insert into upload (id, owner, metadata, filename, title, visibility, length, reserved,"
                            + " created, expires) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    id,
                    draft.owner(),
                    draft.metadata().header(),
                    draft.metadata().filename(),
                    draft.metadata().title(),
                    draft.visibility().name(),
                    draft.length(),
                    reserved,
                    now,
                    expires);
            return find(connection, id).orElseThrow();
        });
    }

    Optional<UploadRow> find(UUID id) {
        return with(connection -> find(connection, id));
    }

    /** What an account began and did not end, newest first. */
    List<UploadRow> unfinished(UUID owner, Instant now) {
        return with(connection -> {
            List<UploadRow> found = new ArrayList<>();
            try (PreparedStatement query = prepare(
                            connection,
                            "select * from upload where owner = ? and state = 'RECEIVING' and expires > ?"
                                    + " order by created desc",
                            owner,
                            now);
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(row(rows));
                }
            }
            return found;
        });
    }

    Unfinished unfinished(UUID owner) {
        return with(connection -> unfinished(connection, owner));
    }

    /** Declares a deferred length, once. */
    boolean declareLength(UUID id, long length) {
        return change(
                "update upload set length = ?, reserved = ? where id = ? and length is null and state = 'RECEIVING'",
                length,
                length,
                id);
    }

    /** Bytes are about to arrive. @param boot see {@link UploadRow#boot} */
    boolean begin(UUID id, @Nullable String boot) {
        return change("update upload set boot = ? where id = ? and state = 'RECEIVING'", boot, id);
    }

    /** So many bytes are durable. */
    boolean acknowledge(UUID id, long offset, Instant expires) {
        return change(
                "update upload set acknowledged = ?, boot = null, expires = ? where id = ? and state = 'RECEIVING'",
                offset,
                expires,
                id);
    }

    boolean finish(UUID id, UUID article, @Nullable UUID duplicateOf, Instant expires) {
        return change(
                "update upload set state = 'FINISHED', acknowledged = length, article = ?, duplicate_of = ?, expires ="
                        + " ? where id = ? and state = 'RECEIVING'",
                article,
                duplicateOf,
                expires,
                id);
    }

    boolean refuse(UUID id, ProblemException problem, Instant expires) {
        return change(
                "update upload set state = 'REFUSED', acknowledged = length, article = null, problem_type = ?,"
                        + " problem_key = ?, problem_arguments = ?, expires = ? where id = ?",
                problem.type().name(),
                problem.key(),
                json(problem.arguments()),
                expires,
                id);
    }

    boolean delete(UUID id) {
        return change("delete from upload where id = ?", id);
    }

    List<UUID> expired(Instant now) {
        return ids("select id from upload where expires < ? order by expires limit 1000", now);
    }

    /** Uploads whose bytes are all here but whose outcome is not: the server died in between. */
    List<UUID> completeButUnfinished() {
        return ids("select id from upload where state = 'RECEIVING' and acknowledged = length and length > 0");
    }

    /** Which of these still need their file. */
    Set<UUID> receiving(List<UUID> ids) {
        return Set.copyOf(ids(
                "select id from upload where state = 'RECEIVING' and id = any (?)", (Object) ids.toArray(UUID[]::new)));
    }

    private static Unfinished unfinished(Connection connection, UUID owner) throws SQLException {
        try (PreparedStatement query = prepare(
                        connection,
                        "select count(*), coalesce(sum(reserved), 0) from upload"
                                + " where owner = ? and state = 'RECEIVING'",
                        owner);
                ResultSet rows = query.executeQuery()) {
            rows.next();
            return new Unfinished(rows.getInt(1), rows.getLong(2));
        }
    }

    private static Optional<UploadRow> find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement query = prepare(connection, "select * from upload where id = ?", id);
                ResultSet rows = query.executeQuery()) {
            return rows.next() ? Optional.of(row(rows)) : Optional.empty();
        }
    }

    private static UploadRow row(ResultSet row) throws SQLException {
        return new UploadRow(
                row.getObject("id", UUID.class),
                row.getObject("owner", UUID.class),
                row.getString("metadata"),
                row.getString("filename"),
                row.getString("title"),
                Visibility.valueOf(row.getString("visibility")),
                row.getObject("length", Long.class),
                row.getLong("reserved"),
                row.getLong("acknowledged"),
                row.getString("boot"),
                UploadRow.State.valueOf(row.getString("state")),
                row.getObject("article", UUID.class),
                row.getObject("duplicate_of", UUID.class),
                refusal(row),
                row.getObject("expires", OffsetDateTime.class).toInstant());
    }

    private static @Nullable ProblemException refusal(ResultSet row) throws SQLException {
        String type = row.getString("problem_type");
        return type == null
                ? null
                : new ProblemException(
                        ProblemType.valueOf(type),
                        row.getString("problem_key"),
                        values(row.getString("problem_arguments")));
    }

    private static String json(List<Object> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Object[] values(String json) {
        try {
            return JSON.readValue(json, Object[].class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<UUID> ids(String sql, Object... values) {
        return with(connection -> {
            List<UUID> ids = new ArrayList<>();
            try (PreparedStatement query = prepare(connection, sql, values);
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getObject(1, UUID.class));
                }
            }
            return ids;
        });
    }

    private boolean change(String sql, @Nullable Object... values) {
        return with(connection -> update(connection, sql, values) > 0);
    }

    private static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            statement.setObject(i + 1, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
        }
        return statement;
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T with(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The database failed", e);
        }
    }

    /** In a transaction of its own that holds the owner's lock. */
    private <T> T exclusively(UUID owner, Work<T> work) {
        return with(connection -> {
            connection.setAutoCommit(false);
            try {
                try (PreparedStatement lock = prepare(
                        connection,
                        "select pg_advisory_xact_lock(hashtextextended('upload:' || ?, 0))",
                        owner.toString())) {
                    lock.execute();
                }
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }
}
