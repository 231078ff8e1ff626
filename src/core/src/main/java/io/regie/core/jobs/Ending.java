package io.regie.core.jobs;

import io.regie.spi.FailureKind;
import io.regie.spi.JobResult;
import io.regie.spi.MediaInfo;
import org.jspecify.annotations.Nullable;

/** How an attempt ended, before anybody decided what that means for its job. */
sealed interface Ending {

    /** The plugin returned. */
    record Done(JobResult result) implements Ending {}

    record Probed(MediaInfo info) implements Ending {}

    /** @param reason stable code of a refusal or null */
    record Failed(FailureKind kind, @Nullable String reason, String sentence) implements Ending {}

    record Cancelled() implements Ending {}

    /** The worker died, or had to be killed, while the server lived. */
    record Crashed(Cause cause) implements Ending {}

    /** The worker died with several attempts in it, and nobody knows by which. */
    record CrashedTogether() implements Ending {}

    /** The server is going down, or went down, or the worker had to go because of another attempt. */
    record Interrupted() implements Ending {}

    /** Somebody else has the job now: nothing of this attempt counts. */
    record Lost() implements Ending {}

    /** Why a worker died. */
    enum Cause {
        CRASH("quarantined", "jobs-quarantined", FailureKind.INTERNAL),
        MEMORY("memory", "jobs-memory", FailureKind.RESOURCES),
        STALL("stalled", "jobs-stalled", FailureKind.INTERNAL);

        private final String reason;
        private final String sentence;
        private final FailureKind kind;

        Cause(String reason, String sentence, FailureKind kind) {
            this.reason = reason;
            this.sentence = sentence;
            this.kind = kind;
        }

        String reason() {
            return reason;
        }

        /** Key of the sentence for the last time. */
        String sentence() {
            return sentence;
        }

        FailureKind kind() {
            return kind;
        }
    }
}
