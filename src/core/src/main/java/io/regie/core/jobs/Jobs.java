package io.regie.core.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.regie.core.database.Sql;
import io.regie.core.jobs.JobEvent.Failure;
import io.regie.core.process.ProtocolJson;
import io.regie.spi.Output;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table of jobs. Whatever an attempt does to its row is fenced: it happens only while the job is running and in
 * that very attempt, and the caller hears whether it did.
 */
@Singleton
final class Jobs {
    private static final int LOG_LIMIT = 64 << 10;

    private static final TypeReference<List<JobDraft.Input>> INPUTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, Object>> PARAMETERS = new TypeReference<>() {};
    private static final TypeReference<List<Output>> OUTPUTS = new TypeReference<>() {};
    private static final TypeReference<Failure> FAILURE = new TypeReference<>() {};

    private static final String FENCE = " WHERE id = ? AND attempt = ? AND state = 'RUNNING'";

    /** Every column; those that may be large are empty. */
    private static final String LIGHT =
            """
            id, type, pool, ticket, subject, label, owner, requested_by, '[]' AS inputs, '{}' AS parameters, state, wish,
            attempt, crashes, interruptions, retries, progress, furthest, speed, eta_seconds, '[]' AS published, failure,
            '' AS log, version, created, queued, node, media_seconds, started, attempted, ended
            """;

    private static final String DISCARDED =
            " EXISTS (SELECT 1 FROM job_discard d WHERE d.subject = job.subject AND d.at >= job.created)";

    private final Sql sql;
    private final InstantSource clock;

    Jobs(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    void insert(UUID id, UUID ticket, Pool pool, JobDraft draft) {
        Instant now = clock.instant();
        sql.update(
                """
                INSERT INTO job (id, type, pool, ticket, subject, label, owner, requested_by, inputs, parameters,
                        media_seconds, state, created, queued)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, 'QUEUED', ?, ?)
                """,
                id,
                draft.type(),
                pool.name(),
                ticket,
                draft.subject(),
                draft.label(),
                draft.owner(),
                draft.requestedBy(),
                ProtocolJson.write(draft.inputs()),
                ProtocolJson.write(draft.parameters()),
                draft.mediaSeconds(),
                now,
                now);
    }

    Optional<Job> find(UUID id) {
        return sql.find("SELECT * FROM job WHERE id = ?", Jobs::read, id);
    }

    /** Waits for others who are changing it, and keeps them waiting until the transaction ends. */
    Optional<Job> lock(UUID id) {
        return sql.find("SELECT * FROM job WHERE id = ? FOR UPDATE", Jobs::read, id);
    }

    /**
     * Jobs without what makes their rows heavy, newest first.
     *
     * @param owner whose, or null for everybody's
     */
    List<Job> list(@Nullable UUID owner, JobFilter filter, @Nullable After after, int limit) {
        StringBuilder where = new StringBuilder(" WHERE true");
        List<Object> values = new ArrayList<>();
        if (owner != null) {
            where.append(" AND owner = ?");
            values.add(owner);
        }
        if (filter.media() != null) {
            where.append(" AND subject = ?");
            values.add(filter.media());
        }
        if (filter.type() != null) {
            where.append(" AND type = ?");
            values.add(filter.type());
        }
        if (!filter.states().isEmpty()) {
            where.append(" AND state = ANY (?::text[])");
            values.add(filter.states().stream().map(Enum::name).toArray(String[]::new));
        }
        if (after != null) {
            where.append(" AND (created, id) < (?, ?)");
            values.add(after.created());
            values.add(after.id());
        }
        values.add(limit);
        return sql.list(
                "SELECT " + LIGHT + " FROM job" + where + " ORDER BY created DESC, id DESC LIMIT ?",
                Jobs::read,
                values.toArray());
    }

    /** Where a page of a list begins. */
    record After(Instant created, UUID id) {}

    /** Failed ones that can be tried again, the latest failures first. @param owner whose, or null for everybody's */
    List<UUID> failed(@Nullable UUID owner, int limit) {
        String whose = owner == null ? "" : " AND owner = ?";
        List<Object> values = owner == null ? List.of(limit) : List.of(owner, limit);
        return sql.list(
                "SELECT id FROM job WHERE state = 'FAILED'" + whose + " AND NOT" + DISCARDED
                        + " ORDER BY ended DESC LIMIT ?",
                row -> row.getObject(1, UUID.class),
                values.toArray());
    }

    /** How many are queued, running and failed. @param owner whose, or null for everybody's */
    Map<JobState, Long> undone(@Nullable UUID owner) {
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        String whose = owner == null ? "" : " AND owner = ?";
        sql.list(
                "SELECT state, count(*) FROM job WHERE state IN ('QUEUED', 'RUNNING', 'FAILED')" + whose
                        + " GROUP BY state",
                row -> counts.put(JobState.valueOf(row.getString(1)), row.getLong(2)),
                owner == null ? new Object[0] : new Object[] {owner});
        return counts;
    }

    /** @param owner whose, or null for everybody's */
    List<String> types(@Nullable UUID owner) {
        return owner == null
                ? sql.list("SELECT DISTINCT type FROM job ORDER BY type", row -> row.getString(1))
                : sql.list(
                        "SELECT DISTINCT type FROM job WHERE owner = ? ORDER BY type", row -> row.getString(1), owner);
    }

    /** The places in the queue of those of these jobs that wait. */
    Map<UUID, Integer> positions(Collection<UUID> ids) {
        Map<UUID, Integer> positions = new HashMap<>();
        sql.list(
                """
                SELECT id, place FROM (
                    SELECT id, row_number() OVER (PARTITION BY pool ORDER BY queued, id) AS place
                    FROM job WHERE state = 'QUEUED') AS queue
                WHERE id = ANY (?::uuid[])
                """,
                row -> positions.put(row.getObject(1, UUID.class), row.getInt(2)),
                (Object) ids.stream().map(UUID::toString).toArray(String[]::new));
        return positions;
    }

    boolean isDiscarded(UUID id) {
        return sql.find("SELECT 1 FROM job WHERE id = ? AND" + DISCARDED, row -> 1, id)
                .isPresent();
    }

    /** Lets every job about this end. Takes no lock on one that runs. @return those that waited and have ended now */
    List<Job> discard(UUID subject) {
        Instant now = clock.instant();
        sql.update(
                """
                INSERT INTO job_discard (subject, at) VALUES (?, ?)
                ON CONFLICT (subject) DO UPDATE SET at = excluded.at
                """,
                subject,
                now);
        return sql.list(
                """
                UPDATE job SET version = version + 1, state = 'CANCELLED', ended = ?
                WHERE subject = ? AND state = 'QUEUED' RETURNING *
                """,
                Jobs::read,
                now,
                subject);
    }

    /** Ends a job that came to wait again while its subject was deleted. */
    Optional<Job> endDiscarded(UUID id) {
        return sql.find(
                """
                UPDATE job SET version = version + 1, state = 'CANCELLED', ended = ?
                WHERE id = ? AND state = 'QUEUED' AND
                """
                        + DISCARDED + " RETURNING *",
                Jobs::read,
                clock.instant(),
                id);
    }

    /** Begins the next attempt; empty when the job is not waiting for this ticket. */
    Optional<Job> begin(UUID id, UUID ticket, String node) {
        Instant now = clock.instant();
        return sql.find(
                """
                UPDATE job SET state = 'RUNNING', attempt = attempt + 1, node = ?, attempted = ?,
                        started = coalesce(started, ?), progress = NULL, speed = NULL, eta_seconds = NULL,
                        version = version + 1
                WHERE id = ? AND ticket = ? AND state = 'QUEUED' AND NOT
                """
                        + DISCARDED + " RETURNING *",
                Jobs::read,
                node,
                now,
                now,
                id,
                ticket);
    }

    /** Makes sure that the attempt is current until the transaction ends. */
    boolean hold(UUID id, int attempt) {
        return sql.update("UPDATE job SET version = version + 1" + FENCE, id, attempt) == 1;
    }

    boolean published(UUID id, int attempt, Output output) {
        return sql.update(
                        "UPDATE job SET version = version + 1, published = published || ?::jsonb" + FENCE,
                        ProtocolJson.write(List.of(output)),
                        id,
                        attempt)
                == 1;
    }

    /** @return the new version; empty when the attempt is not current */
    Optional<Long> progress(
            UUID id, int attempt, @Nullable Double progress, @Nullable Double speed, @Nullable Long eta, String log) {
        return sql.find(
                """
                UPDATE job SET version = version + 1, progress = ?, speed = ?, eta_seconds = ?,
                        furthest = greatest(furthest, coalesce(?, 0)),
                        interruptions = CASE WHEN coalesce(?, 0) > furthest THEN 0 ELSE interruptions END,
                """
                        + appended() + FENCE + " RETURNING version",
                row -> row.getLong(1),
                progress,
                speed,
                eta,
                progress,
                progress,
                log,
                id,
                attempt);
    }

    /** What is wished of an attempt: empty when it is not current any more. */
    Optional<Optional<Wish>> wish(UUID id, int attempt) {
        return sql.find(
                "SELECT CASE WHEN" + DISCARDED + " THEN 'DISCARD' ELSE wish END FROM job" + FENCE,
                row -> Optional.ofNullable(row.getString(1)).map(Wish::valueOf),
                id,
                attempt);
    }

    void wish(UUID id, Wish wish) {
        sql.update("UPDATE job SET wish = ?, version = version + 1 WHERE id = ?", wish.name(), id);
    }

    boolean end(UUID id, int attempt, JobState state, @Nullable Failure failure, @Nullable Object result, String log) {
        return sql.update(
                        """
                        UPDATE job SET version = version + 1, state = ?, failure = ?::jsonb, result = ?::jsonb,
                                ended = ?, eta_seconds = NULL, wish = NULL,
                                progress = CASE WHEN ? THEN 1 ELSE progress END,
                        """
                                + appended() + FENCE,
                        state.name(),
                        failure == null ? null : ProtocolJson.write(failure),
                        result == null ? null : ProtocolJson.write(result),
                        clock.instant(),
                        state == JobState.SUCCEEDED,
                        log,
                        id,
                        attempt)
                == 1;
    }

    /**
     * Puts a running job back into the queue with these counts; not one that somebody wants to end. One that is to stop
     * is still to stop: its next attempt only has to finish what there is.
     */
    boolean again(UUID id, int attempt, int crashes, int interruptions, int retries, String log) {
        return sql.update(
                        """
                        UPDATE job SET version = version + 1, state = 'QUEUED', crashes = ?, interruptions = ?,
                                retries = ?, progress = NULL, speed = NULL, eta_seconds = NULL,
                        """
                                + appended() + FENCE + " AND (wish IS NULL OR wish = 'STOP') AND NOT" + DISCARDED,
                        crashes,
                        interruptions,
                        retries,
                        log,
                        id,
                        attempt)
                == 1;
    }

    /** Adds to the log of a job that waits. */
    void note(UUID id, String lines) {
        sql.update(
                "UPDATE job SET version = version + 1," + appended() + " WHERE id = ? AND state = 'QUEUED'", lines, id);
    }

    void endQueued(UUID id, JobState state) {
        sql.update(
                "UPDATE job SET version = version + 1, state = ?, ended = ? WHERE id = ? AND state = 'QUEUED'",
                state.name(),
                clock.instant(),
                id);
    }

    /** Lets a job that waits for another try go on at once, only to finish what it has. */
    void stopQueued(UUID id, UUID ticket) {
        sql.update(
                "UPDATE job SET version = version + 1, wish = 'STOP', ticket = ? WHERE id = ? AND state = 'QUEUED'",
                ticket,
                id);
    }

    /** Queues an ended job anew, as if nothing had happened to it. */
    void renew(UUID id, UUID ticket) {
        sql.update(
                """
                UPDATE job SET version = version + 1, state = 'QUEUED', ticket = ?, crashes = 0, interruptions = 0,
                        retries = 0, failure = NULL, result = NULL, wish = NULL, progress = NULL, furthest = 0,
                        published = '[]', queued = ?, started = NULL, ended = NULL
                WHERE id = ?
                """,
                ticket,
                clock.instant(),
                id);
    }

    private static String appended() {
        return " log = right(log || ?, " + LOG_LIMIT + ")";
    }

    private static Job read(ResultSet row) throws SQLException {
        String wish = row.getString("wish");
        String failure = row.getString("failure");
        return new Job(
                uuid(row, "id"),
                row.getString("type"),
                Pool.valueOf(row.getString("pool")),
                uuid(row, "ticket"),
                uuid(row, "subject"),
                row.getString("label"),
                uuid(row, "owner"),
                row.getObject("requested_by", UUID.class),
                json(row.getString("inputs"), INPUTS),
                json(row.getString("parameters"), PARAMETERS),
                JobState.valueOf(row.getString("state")),
                wish == null ? null : Wish.valueOf(wish),
                row.getInt("attempt"),
                row.getInt("crashes"),
                row.getInt("interruptions"),
                row.getInt("retries"),
                row.getObject("progress", Double.class),
                row.getDouble("furthest"),
                row.getObject("speed", Double.class),
                row.getObject("eta_seconds", Long.class),
                json(row.getString("published"), OUTPUTS),
                failure == null ? null : json(failure, FAILURE),
                row.getString("log"),
                row.getLong("version"),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                row.getObject("queued", OffsetDateTime.class).toInstant(),
                row.getString("node"),
                row.getObject("media_seconds", Double.class),
                instant(row, "started"),
                instant(row, "attempted"),
                instant(row, "ended"));
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static <T> T json(String text, TypeReference<T> type) {
        try {
            return ProtocolJson.mapper().readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A job's row is unreadable", e);
        }
    }
}
