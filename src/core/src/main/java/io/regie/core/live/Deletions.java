package io.regie.core.live;

import io.regie.core.database.Sql;
import io.regie.core.media.RecordingArticles.Ended;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** Remembers which recordings went without anybody asking. */
@Singleton
public class Deletions {
    private static final int SHOWN = 50;
    private static final Duration LATELY = Duration.ofDays(7);
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private final Sql sql;
    private final InstantSource clock;

    Deletions(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Why one went. */
    public enum Cause {
        AGE,
        SPACE
    }

    /**
     * @param recorded when it ended
     * @param bytes of its original
     * @param cause {@code age} or {@code space}
     */
    public record Deletion(String title, Instant recorded, long bytes, String cause, Instant deleted) {}

    /** The last first. */
    public List<Deletion> last() {
        return sql.list(
                "SELECT title, recorded, bytes, cause, deleted FROM live_deletion ORDER BY deleted DESC, article LIMIT "
                        + SHOWN,
                Deletions::read);
    }

    /** How many went in the last week for this. */
    public long lately(Cause cause) {
        return sql.find(
                        "SELECT count(*) FROM live_deletion WHERE cause = ? AND deleted > ?",
                        row -> row.getLong(1),
                        cause.name(),
                        clock.instant().minus(LATELY))
                .orElse(0L);
    }

    void remember(Ended recording, Cause cause) {
        sql.update(
                "INSERT INTO live_deletion (article, title, recorded, bytes, cause, deleted) VALUES (?, ?, ?, ?, ?, ?)",
                recording.id(),
                recording.title(),
                recording.recordedAt(),
                recording.bytes(),
                cause.name(),
                clock.instant());
    }

    void forgetOld() {
        sql.update(
                "DELETE FROM live_deletion WHERE deleted < ?", clock.instant().minus(REMEMBERED));
    }

    private static Deletion read(ResultSet row) throws SQLException {
        return new Deletion(
                row.getString("title"),
                LiveStreams.instant(row, "recorded"),
                row.getLong("bytes"),
                row.getString("cause").toLowerCase(Locale.ROOT),
                LiveStreams.instant(row, "deleted"));
    }
}
