package io.regie.core.uploads;

import io.regie.core.access.Visibility;
import io.regie.core.problem.ProblemException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An upload as the database knows it.
 *
 * @param metadata as the client sent it
 * @param length null until a deferred length is declared
 * @param reserved the most it can become
 * @param acknowledged bytes that were durable when the client was told so
 * @param boot the boot of the machine on which bytes beyond {@code acknowledged} count too
 * @param article what became of it, once finished
 * @param refusal why nothing became of it, once refused
 */
record UploadRow(
        UUID id,
        UUID owner,
        @Nullable String metadata,
        String filename,
        @Nullable String title,
        Visibility visibility,
        @Nullable Long length,
        long reserved,
        long acknowledged,
        @Nullable String boot,
        State state,
        @Nullable UUID article,
        @Nullable UUID duplicateOf,
        @Nullable ProblemException refusal,
        Instant expires) {

    enum State {
        RECEIVING,
        FINISHED,
        REFUSED
    }

    boolean receiving() {
        return state == State.RECEIVING;
    }

    boolean complete(long offset) {
        return length != null && offset == length;
    }
}
