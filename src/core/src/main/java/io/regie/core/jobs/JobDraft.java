package io.regie.core.jobs;

import io.regie.spi.MediaInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job to be done.
 *
 * @param type a job type of an installed plugin, or {@link JobQueue#PROBE}
 * @param subject what it is about; events and listings carry it. The queue does not know what it is
 * @param label what it is about, for people
 * @param owner whose job it is
 * @param requestedBy who started it; null for the system
 * @param parameters already checked against the type's schema
 */
public record JobDraft(
        String type,
        UUID subject,
        String label,
        UUID owner,
        @Nullable UUID requestedBy,
        List<Input> inputs,
        Map<String, Object> parameters) {

    /** @param info null only for {@link JobQueue#PROBE} */
    public record Input(String storageKey, @Nullable MediaInfo info) {}

    public JobDraft {
        inputs = List.copyOf(inputs);
        parameters = Map.copyOf(parameters);
    }

    JobDraft with(Map<String, Object> others) {
        return new JobDraft(type, subject, label, owner, requestedBy, inputs, others);
    }

    /** Playing time of the first input, as far as it is known. */
    @Nullable
    Double mediaSeconds() {
        MediaInfo info = inputs.isEmpty() ? null : inputs.get(0).info();
        Duration duration = info == null ? null : info.duration();
        return duration == null ? null : duration.toMillis() / 1000.0;
    }
}
