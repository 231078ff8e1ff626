package io.regie.core.live;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regie.core.database.Sql;
import io.regie.core.live.LiveRun.Kind;
import io.regie.core.process.ProtocolJson;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of recordings and checks. */
@Singleton
class LiveRuns {
    private static final String COLUMNS =
            "SELECT job, live_stream, kind, article, until, state, figures, facts, snapshot, begun, ended, planned FROM"
                    + " live_run ";

    private final Sql sql;
    private final InstantSource clock;

    LiveRuns(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    void insert(UUID job, UUID stream, Kind kind, @Nullable UUID article, @Nullable Instant until, boolean planned) {
        sql.update(
                "INSERT INTO live_run (job, live_stream, kind, article, until, planned, begun)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                job,
                stream,
                kind.name(),
                article,
                until,
                planned,
                clock.instant());
    }

    Optional<LiveRun> find(UUID job) {
        return sql.find(COLUMNS + "WHERE job = ?", LiveRuns::read, job);
    }

    /** The one that runs. */
    Optional<LiveRun> recording(UUID stream) {
        return sql.find(
                COLUMNS + "WHERE live_stream = ? AND kind = 'RECORD' AND ended IS NULL", LiveRuns::read, stream);
    }

    List<LiveRun> recordings(UUID stream, int limit) {
        return sql.list(
                COLUMNS + "WHERE live_stream = ? AND kind = 'RECORD' ORDER BY begun DESC, job LIMIT ?",
                LiveRuns::read,
                stream,
                limit);
    }

    /** What an article was recorded by. */
    Optional<LiveRun> ofArticle(UUID article) {
        return sql.find(
                COLUMNS + "WHERE article = ? AND kind = 'RECORD' ORDER BY begun DESC LIMIT 1", LiveRuns::read, article);
    }

    /** Recordings of these streams that ran in this time, the first first. */
    List<LiveRun> between(Collection<UUID> streams, Instant from, Instant to, int limit) {
        return sql.list(
                COLUMNS + "WHERE kind = 'RECORD' AND begun < ? AND (ended IS NULL OR ended > ?)"
                        + " AND live_stream = ANY (?::uuid[]) ORDER BY begun, job LIMIT ?",
                LiveRuns::read,
                to,
                from,
                array(streams),
                limit);
    }

    /** For how many days articles are kept whose stream says or said so itself; zero is for ever. */
    Map<UUID, Integer> keptFor() {
        return sql
                .list(
                        "SELECT run.article, coalesce(stream.keep_days, run.keep_days) FROM live_run run"
                                + " LEFT JOIN live_stream stream ON stream.id = run.live_stream"
                                + " WHERE run.article IS NOT NULL"
                                + " AND coalesce(stream.keep_days, run.keep_days) IS NOT NULL",
                        row -> Map.entry(row.getObject(1, UUID.class), row.getInt(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, LiveRuns::longer));
    }

    private static int longer(int days, int others) {
        return days == 0 || others == 0 ? 0 : Math.max(days, others);
    }

    /** The stream is about to be deleted: what it said of its recordings goes on. */
    void keepAsSaid(UUID stream) {
        sql.update(
                "UPDATE live_run SET keep_days = stream.keep_days FROM live_stream stream"
                        + " WHERE stream.id = live_run.live_stream AND stream.id = ?",
                stream);
    }

    /** Of each stream the recording that runs and the last check. */
    List<LiveRun> latest(Collection<UUID> streams) {
        return sql.list(
                "SELECT DISTINCT ON (live_stream, kind) job, live_stream, kind, article, until, state, figures, facts,"
                        + " snapshot, begun, ended, planned FROM live_run WHERE live_stream = ANY (?::uuid[])"
                        + " AND (kind = 'CHECK' OR ended IS NULL) ORDER BY live_stream, kind, begun DESC",
                LiveRuns::read,
                array(streams));
    }

    private static String array(Collection<UUID> ids) {
        return "{" + String.join(",", ids.stream().map(UUID::toString).toList()) + "}";
    }

    /** Those that should have stopped by now. */
    List<UUID> overdue(Instant now) {
        return sql.list(
                "SELECT job FROM live_run WHERE ended IS NULL AND until <= ?",
                row -> row.getObject(1, UUID.class),
                now);
    }

    /** One that ends by itself goes on. */
    void extend(UUID job, Instant until) {
        sql.update("UPDATE live_run SET until = ? WHERE job = ? AND until < ?", until, job, until);
    }

    void figures(UUID job, Map<String, Double> figures) {
        sql.update("UPDATE live_run SET figures = ?::jsonb WHERE job = ?", ProtocolJson.write(figures), job);
    }

    /** @param figures that are final; others stay as they were last */
    boolean end(
            UUID job, String state, Map<String, Double> figures, Map<String, String> facts, @Nullable String snapshot) {
        return sql.update(
                        "UPDATE live_run SET state = ?, ended = ?, figures = figures || ?::jsonb, facts = ?::jsonb,"
                                + " snapshot = ? WHERE job = ?",
                        state,
                        clock.instant(),
                        ProtocolJson.write(figures),
                        ProtocolJson.write(facts),
                        snapshot,
                        job)
                == 1;
    }

    /** Unless another recording of the stream has begun since. */
    void renew(UUID job) {
        sql.update(
                """
                UPDATE live_run SET state = 'RUNNING', ended = NULL WHERE job = ? AND NOT EXISTS (
                    SELECT 1 FROM live_run other WHERE other.live_stream = live_run.live_stream
                    AND other.kind = 'RECORD' AND live_run.kind = 'RECORD' AND other.ended IS NULL)
                """,
                job);
    }

    /** Old checks have nothing to say. */
    void forgetChecks(UUID stream, UUID except) {
        sql.update(
                "DELETE FROM live_run WHERE live_stream = ? AND kind = 'CHECK' AND job <> ? AND ended IS NOT NULL",
                stream,
                except);
    }

    List<String> snapshots(Collection<String> keys) {
        return sql.list(
                "SELECT snapshot FROM live_run WHERE snapshot = ANY (?::text[])",
                row -> row.getString(1),
                "{"
                        + String.join(
                                ",", keys.stream().map(key -> "\"" + key + "\"").toList()) + "}");
    }

    List<String> snapshots() {
        return sql.list("SELECT snapshot FROM live_run WHERE snapshot IS NOT NULL", row -> row.getString(1));
    }

    private static LiveRun read(ResultSet row) throws SQLException {
        return new LiveRun(
                row.getObject("job", UUID.class),
                row.getObject("live_stream", UUID.class),
                Kind.valueOf(row.getString("kind")),
                row.getObject("article", UUID.class),
                optional(row, "until"),
                row.getString("state"),
                LiveStreams.parse(row.getString("figures"), new TypeReference<Map<String, Double>>() {}),
                LiveStreams.parse(row.getString("facts"), new TypeReference<Map<String, String>>() {}),
                row.getString("snapshot"),
                LiveStreams.instant(row, "begun"),
                optional(row, "ended"),
                row.getBoolean("planned"));
    }

    private static @Nullable Instant optional(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
