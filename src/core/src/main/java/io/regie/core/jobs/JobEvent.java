package io.regie.core.jobs;

import io.regie.core.storage.Stored;
import io.regie.spi.FailureKind;
import io.regie.spi.MediaInfo;
import io.regie.spi.Output;
import io.regie.spi.Segment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a job, as CDI events fired synchronously inside the transaction that checked the attempt's fence: an
 * observer that throws undoes the step.
 */
public sealed interface JobEvent {

    Subject job();

    /** Which job, of which attempt. */
    record Subject(UUID id, int attempt, String type, UUID subject, UUID owner, @Nullable UUID requestedBy) {}

    /** A rendition begins to grow. @param file in the attempt's workspace */
    record EarlyOutputStarted(Subject job, Output output, Path file) implements JobEvent {}

    /** More of an early output may be served. */
    record EarlySegmentsAdded(Subject job, String output, List<Segment> segments) implements JobEvent {}

    /** What a job without a known end says of itself, about once a second, by the names that {@code Progress} lists. */
    record FiguresReported(Subject job, Map<String, Double> figures) implements JobEvent {}

    /** An output is durable while the job goes on; an early output of its name becomes whole by it. */
    record OutputPublished(Subject job, Output output, Stored file) implements JobEvent {}

    /** An attempt was lost or abandoned: its early outputs are gone. The job may be tried again. */
    record AttemptLost(Subject job) implements JobEvent {}

    /** An ended job is queued once more because somebody asked for it. */
    record JobRetried(Subject job) implements JobEvent {}

    /** The job ended for good. */
    record JobFinished(
            Subject job,
            JobState state,
            List<Published> outputs,
            Map<String, String> metadata,
            @Nullable MediaInfo probed,
            @Nullable Failure failure)
            implements JobEvent {}

    /** An output of a finished job in storage. */
    record Published(Output output, Stored file) {}

    /**
     * @param reason stable code of a refusal, {@code quarantined}, {@code memory}, {@code stalled}, or null
     * @param sentence for people
     */
    record Failure(FailureKind kind, @Nullable String reason, String sentence) {}
}
