package io.regie.core.jobs;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as it goes out. Parameters are left out: they may hold secrets.
 *
 * @param typeTitle what its type does, in the reader's language where the plugin speaks it
 * @param media what it is about
 * @param title of what it is about; the former one when that is gone
 * @param mediaGone whether what it is about was deleted
 * @param state {@code queued}, {@code running}, {@code succeeded}, {@code failed}, {@code cancelled}, {@code stopped}
 * @param wish {@code stop} or {@code cancel} while a running job has not obeyed yet
 * @param progress 0 to 1, null when unknown
 * @param speed playing time worked off in a second
 * @param queuePosition 1 for the next to begin; null unless it waits
 * @param attempts how often it was begun
 * @param node where the last attempt ran
 * @param mediaSeconds playing time of what it works on
 * @param workSeconds how long the last attempt took; null until it ended
 * @param actions what may be done with it now: {@code cancel}, {@code stop}, {@code retry}
 * @param log the last of what was logged, plain text; null in lists
 * @param started when its first attempt began
 * @param version rises with each change
 */
public record JobView(
        UUID id,
        String type,
        String typeTitle,
        UUID media,
        String title,
        boolean mediaGone,
        String state,
        @Nullable String wish,
        @Nullable Double progress,
        @Nullable Double speed,
        @Nullable Long etaSeconds,
        @Nullable Integer queuePosition,
        int attempts,
        @Nullable String node,
        @Nullable Double mediaSeconds,
        @Nullable Double workSeconds,
        @Nullable JobFailure failure,
        List<String> actions,
        @Nullable String log,
        Instant created,
        @Nullable Instant started,
        @Nullable Instant ended,
        long version) {

    public JobView {
        actions = List.copyOf(actions);
    }
}
