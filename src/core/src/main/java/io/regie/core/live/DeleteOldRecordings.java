package io.regie.core.live;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regie.core.housekeeping.Housekeeping;
import io.regie.core.live.Deletions.Cause;
import io.regie.core.media.RecordingArticles;
import io.regie.core.media.RecordingArticles.Ended;
import io.regie.core.storage.StorageRoom;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Deletes recordings that are older than they are to be kept, and the oldest ones while the disk is too full, if an
 * administrator wants that. Only what was recorded here and has ended; never what somebody marked to be kept. For good,
 * because the trash gives no room back. Each on its own: a crash loses nothing and repeats nothing.
 */
@Singleton
public class DeleteOldRecordings implements Housekeeping {
    private static final System.Logger LOG = System.getLogger(DeleteOldRecordings.class.getName());
    private static final int FOR_EVER = 0;

    private final RecordingArticles articles;
    private final LiveRuns runs;
    private final LiveSettings settings;
    private final Deletions deletions;
    private final StorageRoom room;
    private final InstantSource clock;
    /** Once is enough for a log that is written every minute. */
    private volatile boolean complained;

    @Inject
    DeleteOldRecordings(
            RecordingArticles articles,
            LiveRuns runs,
            LiveSettings settings,
            Deletions deletions,
            StorageRoom room,
            InstantSource clock) {
        this.articles = articles;
        this.runs = runs;
        this.settings = settings;
        this.deletions = deletions;
        this.room = room;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "old-recordings";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        deletions.forgetOld();
        Map<UUID, Integer> ownDays = runs.keptFor();
        deleteOld(ownDays);
        makeRoom(ownDays);
    }

    private void deleteOld(Map<UUID, Integer> ownDays) {
        int usual = settings.keepDays();
        Instant now = clock.instant();
        IntStream days =
                IntStream.concat(IntStream.of(usual), ownDays.values().stream().mapToInt(Integer::intValue));
        int fewest = days.filter(each -> each != FOR_EVER).min().orElse(FOR_EVER);
        if (fewest == FOR_EVER) {
            return;
        }
        for (Ended recording : articles.endedBefore(now.minus(Duration.ofDays(fewest)))) {
            int kept = ownDays.getOrDefault(recording.id(), usual);
            if (kept != FOR_EVER && recording.recordedAt().isBefore(now.minus(Duration.ofDays(kept)))) {
                delete(recording, Cause.AGE);
            }
        }
    }

    private void makeRoom(Map<UUID, Integer> ownDays) {
        double wanted = settings.minFreePercent() / 100.0;
        if (wanted == 0 || room.freeShare() >= wanted) {
            complained = false;
            return;
        }
        // A disk may give room back late: while somebody still reads what was deleted, for one. Not a file more for
        // that.
        double lacking = (wanted - room.freeShare()) * room.size();
        for (Ended recording : articles.endedBefore(clock.instant())) {
            if (!Integer.valueOf(FOR_EVER).equals(ownDays.get(recording.id())) && delete(recording, Cause.SPACE)) {
                lacking -= recording.bytes();
                if (lacking <= 0 || room.freeShare() >= wanted) {
                    return;
                }
            }
        }
        if (!complained) {
            complained = true;
            LOG.log(System.Logger.Level.WARNING, "The disk is too full, and there is no recording left to delete");
        }
    }

    private boolean delete(Ended recording, Cause cause) {
        try {
            boolean deleted = QuarkusTransaction.requiringNew().call(() -> {
                boolean gone = articles.delete(recording.id());
                if (gone) {
                    deletions.remember(recording, cause);
                }
                return gone;
            });
            if (deleted) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "Deleted the recording {0} of {1}: {2}",
                        recording.id(),
                        recording.recordedAt(),
                        cause == Cause.AGE ? "too old" : "the disk is too full");
            }
            return deleted;
        } catch (RuntimeException e) {
            // One that cannot go must not keep the others.
            LOG.log(System.Logger.Level.WARNING, "A recording stays until the next run: " + recording.id(), e);
            return false;
        }
    }
}
