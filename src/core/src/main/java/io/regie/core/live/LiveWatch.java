package io.regie.core.live;

import io.regie.core.events.Events;
import io.regie.core.events.Hint;
import io.regie.core.jobs.JobEvent.FiguresReported;
import io.regie.core.jobs.JobEvent.JobFinished;
import io.regie.core.jobs.JobEvent.JobRetried;
import io.regie.core.jobs.JobEvent.Published;
import io.regie.core.live.LiveRun.Kind;
import io.regie.spi.OutputRole;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;

/** Keeps the rows of recordings and checks as their jobs are. */
@Singleton
class LiveWatch {
    private final LiveRuns runs;
    private final LiveStreams streams;
    private final Events hints;

    LiveWatch(LiveRuns runs, LiveStreams streams, Events hints) {
        this.runs = runs;
        this.streams = streams;
        this.hints = hints;
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
