package io.regie.core.live;

import io.regie.core.events.Events;
import io.regie.core.events.Hint;
import io.regie.core.jobs.JobEvent.FiguresReported;
import io.regie.core.jobs.JobEvent.JobFinished;
import io.regie.core.jobs.JobEvent.JobRetried;
import io.regie.core.jobs.JobEvent.Published;
import io.regie.core.jobs.JobState;
import io.regie.core.live.LiveRun.Kind;
import io.regie.core.live.PlanFailed.Reason;
import io.regie.spi.OutputRole;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps the rows of recordings and checks as their jobs are. */
@Singleton
class LiveWatch {
    /** Nobody misses less. */
    private static final Duration SOON = Duration.ofMinutes(1);

    private final LiveRuns runs;
    private final LiveStreams streams;
    private final Events hints;
    private final Event<PlanFailed> failed;
    private final InstantSource clock;

    LiveWatch(LiveRuns runs, LiveStreams streams, Events hints, Event<PlanFailed> failed, InstantSource clock) {
        this.runs = runs;
        this.streams = streams;
        this.hints = hints;
        this.failed = failed;
        this.clock = clock;
    }

    void reported(@Observes FiguresReported event) {
        if (runs.find(event.job().id()).isPresent()) {
            runs.figures(event.job().id(), event.figures());
            changed(event.job().id());
        }
    }

    void finished(@Observes JobFinished event) {
        LiveRun run = runs.find(event.job().id()).orElse(null);
        if (run == null) {
            return;
        }
        boolean check = run.kind() == Kind.CHECK;
        String snapshot = check
                ? event.outputs().stream()
                        .filter(published -> published.output().role() == OutputRole.POSTER)
                        .map(Published::file)
                        .map(file -> file.key())
                        .findFirst()
                        .orElse(null)
                : null;
        runs.end(run.job(), event.state().name(), check ? Map.of() : lastFigures(event), event.metadata(), snapshot);
        changed(run.job());
        tell(run, event.state());
    }

    /** Of a recording that no person began, what its owner would otherwise find out too late. */
    private void tell(LiveRun run, JobState state) {
        Reason reason = reason(run, state, clock.instant());
        UUID stream = run.stream();
        if (run.planned() && reason != null && stream != null) {
            streams.find(stream).ifPresent(found -> failed.fire(PlanFailed.of(found, reason)));
        }
    }

    private static @Nullable Reason reason(LiveRun run, JobState state, Instant now) {
        Instant until = run.until();
        boolean due = until == null || !until.isAfter(now);
        return switch (state) {
            case FAILED -> Reason.FAILED;
            // Its time was over while it still waited. Before that it was somebody who did not want it any more.
            case CANCELLED -> due ? Reason.NOT_BEGUN : null;
            case SUCCEEDED -> until != null && until.isAfter(now.plus(SOON)) ? Reason.CUT_SHORT : null;
            case STOPPED, QUEUED, RUNNING -> null;
        };
    }

    /** The last that a recording says of its length is more exact than what it said meanwhile. */
    private static Map<String, Double> lastFigures(JobFinished event) {
        try {
            String duration = event.metadata().get("duration");
            return duration == null ? Map.of() : Map.of("duration", Double.valueOf(duration));
        } catch (NumberFormatException e) {
            return Map.of();
        }
    }

    void retried(@Observes JobRetried event) {
        runs.renew(event.job().id());
        changed(event.job().id());
    }

    private void changed(UUID job) {
        runs.find(job)
                .map(LiveRun::stream)
                .flatMap(streams::find)
                .ifPresent(stream -> hints.publish(
                        new Hint("live-stream", stream.id().toString(), stream.revision(), stream.guarded())));
    }
}
