package io.regie.core.jobs;

import io.regie.core.jobs.JobEvent.Failure;
import io.regie.core.jobs.JobEvent.Subject;
import io.regie.spi.Output;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job's row.
 *
 * @param label what it was about when it was submitted
 * @param crashes attempts that died while the server lived; after one, it has a process to itself
 * @param interruptions attempts lost with their server since the job last got further than ever
 * @param retries failures after which it was tried again
 * @param furthest the highest progress of any attempt
 * @param node who ran the last attempt
 * @param mediaSeconds playing time of its first input
 * @param attempted when the last attempt began
 * @param published outputs of all attempts that are durable already
 */
record Job(
        UUID id,
        String type,
        Pool pool,
        UUID ticket,
        UUID subject,
        String label,
        UUID owner,
        @Nullable UUID requestedBy,
        List<JobDraft.Input> inputs,
        Map<String, Object> parameters,
        JobState state,
        @Nullable Wish wish,
        int attempt,
        int crashes,
        int interruptions,
        int retries,
        @Nullable Double progress,
        double furthest,
        @Nullable Double speed,
        @Nullable Long etaSeconds,
        List<Output> published,
        @Nullable Failure failure,
        String log,
        long version,
        Instant created,
        Instant queued,
        @Nullable String node,
        @Nullable Double mediaSeconds,
        @Nullable Instant started,
        @Nullable Instant attempted,
        @Nullable Instant ended) {

    /** Whether it may run once more; a recording that was stopped has become what it was to become. */
    boolean retriable() {
        return switch (state) {
            case FAILED, CANCELLED -> true;
            case STOPPED -> pool != Pool.LIVE;
            case QUEUED, RUNNING, SUCCEEDED -> false;
        };
    }

    Subject asSubject() {
        return new Subject(id, attempt, type, subject, owner, requestedBy);
    }
}
