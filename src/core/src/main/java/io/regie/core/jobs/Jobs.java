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
                INSERT INTO job (id, type, pool, ticket, subject, owner, requested_by, inputs, parameters, state,
                        created, queued)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, 'QUEUED', ?, ?)
                """,
                id,
                draft.type(),
                pool.name(),
                ticket,
                draft.subject(),
                draft.owner(),
                draft.requestedBy(),
                ProtocolJson.write(draft.inputs()),
                ProtocolJson.write(draft.parameters()),
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

    List<Job> about(UUID subject) {
        return sql.list("SELECT * FROM job WHERE subject = ? ORDER BY created, id LIMIT 200", Jobs::read, subject);
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

    /** How many wait for the same places and will get them earlier, plus one. */
    int position(Job job) {
        return sql.find(
                        """
                        SELECT count(*) + 1 FROM job WHERE state = 'QUEUED' AND pool = ? AND (queued, id) < (?, ?)
                        """,
                        row -> row.getInt(1),
                        job.pool().name(),
                        job.queued(),
                        job.id())
                .orElse(1);
    }

    /** Begins the next attempt; empty when the job is not waiting for this ticket. */
    Optional<Job> begin(UUID id, UUID ticket) {
        return sql.find(
                """
                UPDATE job SET state = 'RUNNING', attempt = attempt + 1, started = coalesce(started, ?),
                        progress = NULL, speed = NULL, eta_seconds = NULL, wish = NULL, version = version + 1
                WHERE id = ? AND ticket = ? AND state = 'QUEUED' AND NOT
                """
                        + DISCARDED + " RETURNING *",
                Jobs::read,
                clock.instant(),
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

    /** Puts a running job back into the queue with these counts; not one that somebody wants to end. */
    boolean again(UUID id, int attempt, int crashes, int interruptions, int retries, String log) {
        return sql.update(
                        """
                        UPDATE job SET version = version + 1, state = 'QUEUED', crashes = ?, interruptions = ?,
                                retries = ?, progress = NULL, speed = NULL, eta_seconds = NULL, wish = NULL,
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

    void endQueued(UUID id, JobState state) {
        sql.update(
                "UPDATE job SET version = version + 1, state = ?, ended = ? WHERE id = ? AND state = 'QUEUED'",
                state.name(),
                clock.instant(),
                id);
    }

    /** Queues an ended job anew, as if nothing had happened to it. */
    void renew(UUID id, UUID ticket) {
        sql.update(
                """
                UPDATE job SET version = version + 1, state = 'QUEUED', ticket = ?, crashes = 0, interruptions = 0,
                        retries = 0, failure = NULL, result = NULL, wish = NULL, progress = NULL, furthest = 0,
                        published = '[]', queued = ?, ended = NULL
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
                instant(row, "started"),
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
