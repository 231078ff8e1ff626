package io.regie.core.jobs;

import io.regie.core.jobs.JobEvent.Failure;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as the API shows it. Parameters are left out: they may hold secrets.
 *
 * @param media what it is about
 * @param state in lower case
 * @param progress 0 to 1, null when unknown
 * @param queuePosition 1 for the next to begin; null unless it waits
 */
record JobView(
        UUID id,
        String type,
        UUID media,
        String state,
        @Nullable Double progress,
        @Nullable Double speed,
        @Nullable Long etaSeconds,
        @Nullable Integer queuePosition,
        int attempts,
        @Nullable FailureView failure,
        String log,
        Instant created,
        @Nullable Instant started,
        @Nullable Instant ended) {

    /** @param reason stable code, or null */
    record FailureView(String kind, @Nullable String reason, String sentence) {
        static FailureView of(Failure failure) {
            return new FailureView(lower(failure.kind()), failure.reason(), failure.sentence());
        }
    }

    static JobView of(Job job, @Nullable Integer queuePosition) {
        Failure failure = job.failure();
        return new JobView(
                job.id(),
                job.type(),
                job.subject(),
                lower(job.state()),
                job.progress(),
                job.speed(),
                job.etaSeconds(),
                queuePosition,
                job.attempt(),
                failure == null ? null : FailureView.of(failure),
                job.log(),
                job.created(),
                job.started(),
                job.ended());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
