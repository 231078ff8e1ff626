package io.regie.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a job.
 *
 * @param jobId the job, the same for each attempt
 * @param attempt 1 for the first
 * @param type id of the job type
 * @param inputs the originals to work on; empty for live streams
 * @param parameters checked against the type's {@link Parameter}s: every one with a default is present. Values are
 *     String, Long, Double, Boolean, {@code Map} or {@code List}, as {@link Parameter.Type} says
 * @param lastAttempt for a resumable type after a lost attempt: what it had published; else null
 * @param source the stream that a job records or looks at; else null
 */
public record JobRequest(
        String jobId,
        int attempt,
        String type,
        List<MediaFile> inputs,
        Map<String, Object> parameters,
        @Nullable Previous lastAttempt,
        @Nullable LiveSource source) {

    public JobRequest {
        inputs = List.copyOf(inputs);
        parameters = Map.copyOf(parameters);
    }

    /** An attempt that reads files only. */
    public JobRequest(
            String jobId,
            int attempt,
            String type,
            List<MediaFile> inputs,
            Map<String, Object> parameters,
            @Nullable Previous lastAttempt) {
        this(jobId, attempt, type, inputs, parameters, lastAttempt, null);
    }

    /** What a lost attempt left behind; its unpublished files are still in the workspace. */
    public Optional<Previous> previous() {
        return Optional.ofNullable(lastAttempt);
    }

    /** The only input of a type that takes one. */
    public MediaFile input() {
        return inputs.get(0);
    }

    /** @param published outputs that are already durable; their files are no longer in the workspace */
    public record Previous(int attempt, List<Output> published) {
        public Previous {
            published = List.copyOf(published);
        }
    }
}
