package io.regie.core.jobs;

import io.regie.core.database.Sql;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How busy the queue is, everybody's jobs together. */
@Singleton
public class QueueFigures {

    private static final Duration LATELY = Duration.ofDays(1);

    private final Sql sql;
    private final JobsConfig config;
    private final InstantSource clock;

    QueueFigures(Sql sql, JobsConfig config, InstantSource clock) {
        this.sql = sql;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Jobs that wait for the same places.
     *
     * @param places how many of them run at once on this node
     * @param waitingSeconds how long the first of the queue has waited, null when nobody waits
     */
    public record PoolFigures(String name, int places, long queued, long running, @Nullable Long waitingSeconds) {}

    public List<PoolFigures> pools() {
        Map<String, PoolFigures> busy = sql
                .list(
                        "SELECT pool, count(*) FILTER (WHERE state = 'QUEUED'), count(*) FILTER (WHERE state = 'RUNNING'),"
                                + " min(queued) FILTER (WHERE state = 'QUEUED') FROM job"
                                + " WHERE state IN ('QUEUED', 'RUNNING') GROUP BY pool",
                        row -> new PoolFigures(
                                row.getString(1),
                                0,
                                row.getLong(2),
                                row.getLong(3),
                                seconds(row.getObject(4, OffsetDateTime.class))))
                .stream()
                .collect(Collectors.toMap(PoolFigures::name, Function.identity()));
        return Stream.of(Pool.values())
                .map(pool -> {
                    PoolFigures found = busy.getOrDefault(pool.name(), new PoolFigures("", 0, 0, 0, null));
                    return new PoolFigures(
                            pool.name().toLowerCase(Locale.ROOT),
                            config.size(pool),
                            found.queued(),
                            found.running(),
                            found.waitingSeconds());
                })
                .toList();
    }

    /** How many failed within a day. */
    public long failedLately() {
        return sql.find(
                        "SELECT count(*) FROM job WHERE state = 'FAILED' AND ended > ?",
                        row -> row.getLong(1),
                        clock.instant().minus(LATELY))
                .orElse(0L);
    }

    private @Nullable Long seconds(@Nullable OffsetDateTime since) {
        return since == null
                ? null
                : Math.max(
                        0, Duration.between(since.toInstant(), clock.instant()).toSeconds());
    }
}
