package io.regie.core.uploads;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.jspecify.annotations.Nullable;

/**
 * One request at a time on an upload. Who comes later can ask the holder to give up: a connection that died unnoticed
 * must not keep its owner from going on.
 */
@Singleton
class UploadLocks {

    /** What a holder is doing that can be ended early, keeping what it has. */
    interface Interruptible {
        /** Whether nothing has happened for a while. */
        boolean stuck();

        void interrupt();
    }

    /** How to treat the holder. */
    enum Takeover {
        ALWAYS,
        /** Only a holder that does nothing; a busy one wins. */
        IF_STUCK
    }

    /** How long a busy holder may make others wait: the last of a broken connection, or a few bytes, take less. */
    private static final Duration BUSY = Duration.ofSeconds(3);

    /** How often a waiting request looks whether the holder is stuck by now. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private final ConcurrentMap<UUID, Lease> leases = new ConcurrentHashMap<>();
    private final Duration patience;
    private final Executor executor;

    @Inject
    UploadLocks(UploadConfig config, ManagedExecutor executor) {
        this(config.lockPatience(), executor);
    }

    /** @param executor on which whoever waited goes on */
    UploadLocks(Duration patience, Executor executor) {
        this.patience = patience;
        this.executor = executor;
    }

    /** The right to touch an upload. */
    class Lease implements AutoCloseable {

        private final UUID id;
        private final CompletableFuture<Void> released = new CompletableFuture<>();
        private @Nullable Interruptible work;
        private boolean wanted;

        private Lease(UUID id) {
            this.id = id;
        }

        /** @param work null while it must not be interrupted */
        synchronized void doing(@Nullable Interruptible work) {
            this.work = work;
            if (wanted && work != null) {
                work.interrupt();
            }
        }

        private synchronized boolean stuck() {
            return work != null && work.stuck();
        }

        private synchronized void want() {
            wanted = true;
            if (work != null) {
                work.interrupt();
            }
        }

        @Override
        public void close() {
            leases.remove(id, this);
            released.complete(null);
        }
    }

    /** Completes with the lease, or with problem {@code LOCKED} when the holder does not give up in time. */
    CompletableFuture<Lease> acquire(UUID id, Takeover takeover) {
        Duration wait = takeover == Takeover.IF_STUCK && patience.compareTo(BUSY) > 0 ? BUSY : patience;
        return acquire(id, takeover, System.nanoTime() + wait.toNanos());
    }

    private CompletableFuture<Lease> acquire(UUID id, Takeover takeover, long deadline) {
        Lease mine = new Lease(id);
        Lease holder = leases.putIfAbsent(id, mine);
        if (holder == null) {
            return CompletableFuture.completedFuture(mine);
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return CompletableFuture.failedFuture(locked());
        }
        if (takeover == Takeover.ALWAYS || holder.stuck()) {
            holder.want();
        }
        return holder.released
                .copy()
                .completeOnTimeout(null, Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS)
                .thenComposeAsync(ignored -> acquire(id, takeover, deadline), executor);
    }

    private static ProblemException locked() {
        return new ProblemException(ProblemType.LOCKED, "uploads.locked");
    }
}
