package io.regie.core.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.regie.core.database.Sql;
import io.regie.core.process.ProtocolJson;
import io.regie.core.secrets.Vault;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of live streams, and what is sealed of them. */
@Singleton
class LiveStreams {
    private static final String PURPOSE = "live-stream ";
    private static final String COLUMNS =
            "SELECT id, owner, name, address, options, secrets, max_seconds, keep_days, schedules, next_start, next_end,"
                    + " revision, created, changed FROM live_stream ";

    private final Sql sql;
    private final Vault vault;

    LiveStreams(Sql sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
    }

    /** @param owner null for everybody's */
    List<LiveStream> list(@Nullable UUID owner, int limit) {
        return sql.list(
                COLUMNS + "WHERE ?::uuid IS NULL OR owner = ? ORDER BY lower(name), id LIMIT ?",
                LiveStreams::read,
                owner,
                owner,
                limit);
    }

    Optional<LiveStream> find(UUID id) {
        return sql.find(COLUMNS + "WHERE id = ?", LiveStreams::read, id);
    }

    Optional<LiveStream> lock(UUID id) {
        return sql.find(COLUMNS + "WHERE id = ? FOR UPDATE", LiveStreams::read, id);
    }

    int count() {
        return sql.find("SELECT count(*) FROM live_stream", row -> row.getInt(1))
                .orElse(0);
    }

    void insert(LiveStream stream, SealedSource source) {
        sql.update(
                """
                INSERT INTO live_stream (id, owner, name, address, options, secrets, max_seconds, keep_days,
                        schedules, next_start, next_end, created, changed)
                VALUES (?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?::jsonb, ?, ?, ?, ?)
                """,
                stream.id(),
                stream.owner(),
                stream.name(),
                stream.address(),
                ProtocolJson.write(stream.options()),
                ProtocolJson.write(stream.secrets()),
                stream.maxSeconds(),
                stream.keepDays(),
                ProtocolJson.write(stream.schedules()),
                stream.next() == null ? null : stream.next().start(),
                stream.next() == null ? null : stream.next().end(),
                stream.created(),
                stream.changed());
        seal(stream.id(), source);
    }

    void update(LiveStream stream) {
        sql.update(
                """
                UPDATE live_stream SET name = ?, address = ?, options = ?::jsonb, secrets = ?::jsonb, max_seconds = ?,
                        keep_days = ?, schedules = ?::jsonb, next_start = ?, next_end = ?, revision = revision + 1, changed = ?
                WHERE id = ?
                """,
                stream.name(),
                stream.address(),
                ProtocolJson.write(stream.options()),
                ProtocolJson.write(stream.secrets()),
                stream.maxSeconds(),
                stream.keepDays(),
                ProtocolJson.write(stream.schedules()),
                stream.next() == null ? null : stream.next().start(),
                stream.next() == null ? null : stream.next().end(),
                stream.changed(),
                stream.id());
    }

    void plan(UUID id, @Nullable Window next) {
        sql.update(
                "UPDATE live_stream SET next_start = ?, next_end = ? WHERE id = ?",
                next == null ? null : next.start(),
                next == null ? null : next.end(),
                id);
    }

    List<UUID> scheduled() {
        return sql.list("SELECT id FROM live_stream WHERE schedules <> '[]'", row -> row.getObject(1, UUID.class));
    }

    List<UUID> due(Instant now) {
        return sql.list(
                "SELECT id FROM live_stream WHERE next_start <= ? ORDER BY next_start",
                row -> row.getObject(1, UUID.class),
                now);
    }

    /** Empty when it is not due any more: another node was faster, or its owner. */
    Optional<LiveStream> lockDue(UUID id, Instant now) {
        return sql.find(
                COLUMNS + "WHERE id = ? AND next_start <= ? FOR UPDATE SKIP LOCKED", LiveStreams::read, id, now);
    }

    boolean delete(UUID id) {
        sql.update("DELETE FROM live_run WHERE live_stream = ? AND kind = 'CHECK'", id);
        return sql.update("DELETE FROM live_stream WHERE id = ?", id) == 1;
    }

    void seal(UUID id, SealedSource source) {
        sql.update(
                """
                INSERT INTO live_stream_secret (live_stream, sealed) VALUES (?, ?)
                ON CONFLICT (live_stream) DO UPDATE SET sealed = excluded.sealed
                """,
                id,
                vault.seal(ProtocolJson.write(source), PURPOSE + id));
    }

    /** Empty when the key that sealed it is not here any more. */
    Optional<SealedSource> open(UUID id) {
        return sql.find("SELECT sealed FROM live_stream_secret WHERE live_stream = ?", row -> row.getString(1), id)
                .flatMap(text -> vault.open(text, PURPOSE + id))
                .map(json -> parse(json, new TypeReference<>() {}));
    }

    private static LiveStream read(ResultSet row) throws SQLException {
        long max = row.getLong("max_seconds");
        return new LiveStream(
                row.getObject("id", UUID.class),
                row.getObject("owner", UUID.class),
                row.getString("name"),
                row.getString("address"),
                parse(row.getString("options"), new TypeReference<Map<String, String>>() {}),
                parse(row.getString("secrets"), new TypeReference<List<String>>() {}),
                max == 0 ? null : max,
                row.getObject("keep_days", Integer.class),
                parse(row.getString("schedules"), new TypeReference<List<ScheduleDraft>>() {}),
                row.getObject("next_start") == null
                        ? null
                        : new Window(instant(row, "next_start"), instant(row, "next_end")),
                row.getLong("revision"),
                instant(row, "created"),
                instant(row, "changed"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static <T> T parse(String json, TypeReference<T> type) {
        try {
            return ProtocolJson.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            // Without the text, which may be a secret.
            throw new IllegalStateException("A live stream's row is unreadable");
        }
    }
}
