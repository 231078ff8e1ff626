package io.regie.core.live;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job that reads a live stream.
 *
 * @param stream null once that was deleted
 * @param article what a recording becomes
 * @param state {@code RUNNING} until it ended, then as its job
 * @param figures what a recording last said of itself
 * @param facts what a check found, or a recording said in the end
 * @param snapshot key in storage of a picture that a check took
 * @param planned whether no person began it
 */
record LiveRun(
        UUID job,
        @Nullable UUID stream,
        Kind kind,
        @Nullable UUID article,
        @Nullable Instant until,
        String state,
        Map<String, Double> figures,
        Map<String, String> facts,
        @Nullable String snapshot,
        Instant begun,
        @Nullable Instant ended,
        boolean planned) {

    enum Kind {
        RECORD,
        CHECK
    }
}
