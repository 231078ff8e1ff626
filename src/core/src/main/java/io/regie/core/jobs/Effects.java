package io.regie.core.jobs;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regie.core.access.Guarded;
import io.regie.core.access.Visibility;
import io.regie.core.events.Events;
import io.regie.core.events.Hint;
import io.regie.core.jobs.JobEvent.AttemptLost;
import io.regie.core.jobs.JobEvent.Failure;
import io.regie.core.jobs.JobEvent.JobFinished;
import io.regie.core.jobs.JobEvent.OutputPublished;
import io.regie.core.jobs.JobEvent.Published;
import io.regie.core.storage.Stored;
import io.regie.spi.MediaInfo;
import io.regie.spi.Output;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything an attempt does to the world. Each step is one transaction that first makes sure the attempt is current
 * and then tells the observers; a step whose attempt is not current does nothing.
 */
@Singleton
final class Effects {
    private static final System.Logger LOG = System.getLogger(Effects.class.getName());
    /** A database restart takes seconds; a job of hours should not be lost to it. */
    private static final Duration OUTAGE = Duration.ofSeconds(30);

    private final Jobs jobs;
    private final Event<JobEvent> observers;
    private final Events hints;

    Effects(Jobs jobs, Event<JobEvent> observers, Events hints) {
        this.jobs = jobs;
        this.observers = observers;
        this.hints = hints;
    }

    void fire(Job job, JobEvent event) throws FenceLostException {
        step(job, () -> jobs.hold(job.id(), job.attempt()), event);
    }

    void publish(Job job, Output output, Stored file) throws FenceLostException {
        step(
                job,
                () -> jobs.published(job.id(), job.attempt(), output),
                new OutputPublished(job.asSubject(), output, file));
    }

    /** Progress is not worth waiting for: a database that is away is tried again a second later. */
    void progress(
            Job job,
            @Nullable Double fraction,
            @Nullable Double speed,
            @Nullable Long eta,
            String log,
            Map<String, Double> figures)
            throws FenceLostException {
        Optional<Long> reached = QuarkusTransaction.requiringNew().call(() -> {
            Optional<Long> version = jobs.progress(job.id(), job.attempt(), fraction, speed, eta, log);
            version.ifPresent(now -> {
                if (!figures.isEmpty()) {
                    observers.fire(new JobEvent.FiguresReported(job.asSubject(), Map.copyOf(figures)));
                }
                hint(job, now);
            });
            return version;
        });
        if (reached.isEmpty()) {
            throw new FenceLostException();
        }
    }

    void finish(Job job, JobState state, List<Published> outputs, Map<String, String> metadata, String log)
            throws FenceLostException {
        step(
                job,
                () -> jobs.end(job.id(), job.attempt(), state, null, new Result(names(outputs), metadata), log),
                new JobFinished(job.asSubject(), state, outputs, metadata, null, null));
    }

    void finishProbe(Job job, MediaInfo info, String log) throws FenceLostException {
        step(
                job,
                () -> jobs.end(job.id(), job.attempt(), JobState.SUCCEEDED, null, null, log),
                new JobFinished(job.asSubject(), JobState.SUCCEEDED, List.of(), Map.of(), info, null));
    }

    /** Ends a job that made nothing: failed or cancelled. */
    void abandon(Job job, JobState state, @Nullable Failure failure, String log) throws FenceLostException {
        step(
                job,
                () -> jobs.end(job.id(), job.attempt(), state, failure, null, log),
                new AttemptLost(job.asSubject()),
                new JobFinished(job.asSubject(), state, List.of(), Map.of(), null, failure));
    }

    /**
     * Ends a job whose observers refuse to hear of it, so that it is not tried for ever.
     *
     * @param failure why
     */
    void abandonSilently(Job job, Failure failure, String log) throws FenceLostException {
        step(job, () -> jobs.end(job.id(), job.attempt(), JobState.FAILED, failure, null, log));
    }

    void again(Job job, Verdict.Again again, String log) throws FenceLostException {
        step(
                job,
                () -> jobs.again(job.id(), job.attempt(), again.crashes(), again.interruptions(), again.retries(), log),
                new AttemptLost(job.asSubject()));
    }

    /** Says that a job changed, after the current transaction. */
    void changed(Job job) {
        jobs.find(job.id()).ifPresent(now -> hint(now, now.version()));
    }

    /** Tells of a job that is to run once more, in the caller's transaction. */
    void retried(Job job) {
        observers.fire(new JobEvent.JobRetried(job.asSubject()));
        changed(job);
    }

    /** Tells of a job that ends without having run, in the caller's transaction. */
    void endedInQueue(Job job, JobState state) {
        observers.fire(new JobFinished(job.asSubject(), state, List.of(), Map.of(), null, null));
        changed(job);
    }

    private void hint(Job job, long version) {
        hints.publish(new Hint("job", job.id().toString(), version, new Guarded(job.owner(), Visibility.PRIVATE)));
    }

    private void step(Job job, BooleanSupplier fence, JobEvent... events) throws FenceLostException {
        long giveUp = System.nanoTime() + OUTAGE.toNanos();
        while (true) {
            try {
                boolean held = QuarkusTransaction.requiringNew().call(() -> {
                    boolean current = fence.getAsBoolean();
                    if (current) {
                        for (JobEvent event : events) {
                            observers.fire(event);
                        }
                        changed(job);
                    }
                    return current;
                });
                if (!held) {
                    throw new FenceLostException();
                }
                return;
            } catch (RuntimeException e) {
                if (!isPassing(e) || System.nanoTime() > giveUp) {
                    throw e;
                }
                LOG.log(System.Logger.Level.WARNING, "The database refused; trying again: {0}", e.toString());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the database is away", e);
        }
    }

    /** SQLSTATE classes 08 (connection), 57P (shutdown) and 40 (deadlock, serialization). */
    private static boolean isPassing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().matches("(08|57P|40).*");
            }
        }
        return false;
    }

    private static List<String> names(List<Published> outputs) {
        return outputs.stream().map(published -> published.output().name()).toList();
    }

    /** What a job's row remembers of a result. */
    private record Result(List<String> outputs, Map<String, String> metadata) {}
}
