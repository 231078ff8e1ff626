package io.regie.core.jobs;

import io.regie.core.database.Sql;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Counts jobs by the days of the site's zone: those whose rows are there, and those that were folded into a day.
 *
 * <p>How many waited at the end of a day is counted backwards from those that wait now: a job waits from when it was
 * queued until its first attempt, or its end without one.
 */
@Singleton
class JobDays {
    private static final int MAX_DAYS = 366;

    private static final String DONE = "state IN ('SUCCEEDED', 'STOPPED')";

    private final Sql sql;
    private final SettingsService settings;
    private final InstantSource clock;

    JobDays(Sql sql, SettingsService settings, InstantSource clock) {
        this.sql = sql;
        this.settings = settings;
        this.clock = clock;
    }

    /** What happened on a day. */
    private record Counts(long added, long begun, long done, long failed, double work, double media) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    added + other.added,
                    begun + other.begun,
                    done + other.done,
                    failed + other.failed,
                    work + other.work,
                    media + other.media);
        }
    }

    /** @param owner whose, or null for everybody's @param type or null for all */
    List<JobDay> last(int count, @Nullable UUID owner, @Nullable String type) {
        ZoneId zone = settings.get(Setting.ZONE);
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        int days = Math.min(Math.max(count, 1), MAX_DAYS);
        LocalDate first = today.minusDays(days - 1L);
        Whose whose = new Whose(owner, type);
        Map<LocalDate, Counts> counts = new HashMap<>();
        String[] starts = new String[days];
        for (int i = 0; i < days; i++) {
            starts[i] = first.plusDays(i).atStartOfDay(zone).toInstant().toString();
        }
        countRows(first, starts, whose, counts);
        countFolded(first, whose, counts);
        long waiting = waitingNow(whose);
        List<JobDay> result = new ArrayList<>();
        for (LocalDate day = today; !day.isBefore(first); day = day.minusDays(1)) {
            Counts that = counts.getOrDefault(day, Counts.NONE);
            result.add(0, new JobDay(day, that.added, waiting, that.done, that.failed, that.work, that.media));
            waiting = Math.max(0, waiting - that.added + that.begun);
        }
        return result;
    }

    /** Counts ended jobs in their days and forgets them, so many at a time. @return how many */
    @Transactional
    int fold(Instant endedBefore, int limit) {
        ZoneId zone = settings.get(Setting.ZONE);
        List<Old> old = sql.list(
                """
                SELECT id, owner, type, state, queued, coalesce(started, ended), ended,
                        extract(epoch FROM ended - attempted), media_seconds
                FROM job WHERE ended < ? ORDER BY ended LIMIT ? FOR UPDATE SKIP LOCKED
                """,
                Old::read,
                endedBefore,
                limit);
        Map<Key, Counts> counts = new TreeMap<>();
        for (Old job : old) {
            job.countIn(zone, counts);
        }
        counts.forEach(this::add);
        sql.update("DELETE FROM job WHERE id = ANY (?::uuid[])", (Object)
                old.stream().map(job -> job.id().toString()).toArray(String[]::new));
        return old.size();
    }

    /** What says that subjects are gone is needed as long as there are jobs about them. */
    void forgetDiscards(Instant before) {
        sql.update(
                """
                DELETE FROM job_discard WHERE at < ?
                        AND NOT EXISTS (SELECT 1 FROM job WHERE job.subject = job_discard.subject)
                """,
                before);
    }

    private void add(Key key, Counts counts) {
        sql.update(
                """
                INSERT INTO job_day AS d (day, owner, type, added, begun, done, failed, work_seconds, media_seconds)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (day, owner, type) DO UPDATE SET added = d.added + excluded.added,
                        begun = d.begun + excluded.begun, done = d.done + excluded.done,
                        failed = d.failed + excluded.failed, work_seconds = d.work_seconds + excluded.work_seconds,
                        media_seconds = d.media_seconds + excluded.media_seconds
                """,
                key.day(),
                key.owner(),
                key.type(),
                counts.added(),
                counts.begun(),
                counts.done(),
                counts.failed(),
                counts.work(),
                counts.media());
    }

    /** What a folded day's row is about; in one order, so that two who fold cannot lock each other out. */
    private record Key(LocalDate day, UUID owner, String type) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::day).thenComparing(Key::owner).thenComparing(Key::type);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** A job to be folded. */
    private record Old(
            UUID id,
            UUID owner,
            String type,
            JobState state,
            Instant queued,
            Instant begun,
            Instant ended,
            double work,
            @Nullable Double media) {

        static Old read(ResultSet row) throws SQLException {
            return new Old(
                    row.getObject(1, UUID.class),
                    row.getObject(2, UUID.class),
                    row.getString(3),
                    JobState.valueOf(row.getString(4)),
                    row.getObject(5, OffsetDateTime.class).toInstant(),
                    row.getObject(6, OffsetDateTime.class).toInstant(),
                    row.getObject(7, OffsetDateTime.class).toInstant(),
                    row.getDouble(8),
                    row.getObject(9, Double.class));
        }

        void countIn(ZoneId zone, Map<Key, Counts> counts) {
            boolean done = state == JobState.SUCCEEDED || state == JobState.STOPPED;
            double playing = done && media != null ? media : 0;
            double working = done && media != null ? work : 0;
            Counts end = new Counts(0, 0, done ? 1 : 0, state == JobState.FAILED ? 1 : 0, working, playing);
            counts.merge(key(queued, zone), new Counts(1, 0, 0, 0, 0, 0), Counts::plus);
            counts.merge(key(begun, zone), new Counts(0, 1, 0, 0, 0, 0), Counts::plus);
            counts.merge(key(ended, zone), end, Counts::plus);
        }

        private Key key(Instant time, ZoneId zone) {
            return new Key(LocalDate.ofInstant(time, zone), owner, type);
        }
    }

    private void countRows(LocalDate first, String[] starts, Whose whose, Map<LocalDate, Counts> counts) {
        Instant from = Instant.parse(starts[0]);
        record Part(String column, String figures) {}
        List<Part> parts = List.of(
                new Part("queued", "count(*), 0, 0, 0, 0, 0"),
                new Part("coalesce(started, ended)", "0, count(*), 0, 0, 0, 0"),
                new Part(
                        "ended",
                        "0, 0, count(*) FILTER (WHERE " + DONE + "), count(*) FILTER (WHERE state = 'FAILED'),"
                                + " coalesce(sum(extract(epoch FROM ended - attempted))"
                                + " FILTER (WHERE " + DONE + " AND media_seconds IS NOT NULL), 0),"
                                + " coalesce(sum(media_seconds) FILTER (WHERE " + DONE + "), 0)"));
        for (Part part : parts) {
            sql.list(
                    "SELECT width_bucket(" + part.column() + ", ?::timestamptz[]), " + part.figures()
                            + " FROM job WHERE " + part.column() + " >= ?" + whose.condition() + " GROUP BY 1",
                    row -> counts.merge(first.plusDays(row.getInt(1) - 1L), counts(row), Counts::plus),
                    whose.values(starts, from));
        }
    }

    private void countFolded(LocalDate first, Whose whose, Map<LocalDate, Counts> counts) {
        sql.list(
                """
                SELECT day, sum(added), sum(begun), sum(done), sum(failed), sum(work_seconds), sum(media_seconds)
                FROM job_day WHERE day >= ?
                """
                        + whose.condition() + " GROUP BY day",
                row -> counts.merge(row.getObject(1, LocalDate.class), counts(row), Counts::plus),
                whose.values(first));
    }

    private long waitingNow(Whose whose) {
        return sql.find(
                        "SELECT count(*) FROM job WHERE state = 'QUEUED' AND started IS NULL" + whose.condition(),
                        row -> row.getLong(1),
                        whose.values())
                .orElse(0L);
    }

    private static Counts counts(ResultSet row) throws SQLException {
        return new Counts(
                row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getDouble(6), row.getDouble(7));
    }

    /** The part of a condition that says whose jobs, and of which type. */
    private record Whose(@Nullable UUID owner, @Nullable String type) {
        String condition() {
            return (owner == null ? "" : " AND owner = ?") + (type == null ? "" : " AND type = ?");
        }

        Object[] values(Object... before) {
            List<Object> values = new ArrayList<>(List.of(before));
            if (owner != null) {
                values.add(owner);
            }
            if (type != null) {
                values.add(type);
            }
            return values.toArray();
        }
    }
}
