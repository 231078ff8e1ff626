package io.regie.ffmpeg;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What the threads of a pass tell each other: cancelled from outside, or one of them failed. */
final class PassState {

    private final BooleanSupplier cancelled;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    PassState(BooleanSupplier cancelled) {
        this.cancelled = cancelled;
    }

    void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    boolean ended() {
        return failure.get() != null || cancelled.getAsBoolean();
    }

    /** Throws what another thread failed with, or that the pass was cancelled. */
    void check() throws FFmpegException {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException();
        }
        Throwable cause = failure.get();
        if (cause instanceof FFmpegException known) {
            throw known;
        }
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause != null) {
            throw new IllegalStateException(cause);
        }
    }
}
