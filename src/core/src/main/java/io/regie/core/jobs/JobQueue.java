package io.regie.core.jobs;

import java.util.UUID;

/** The door to jobs. Calls join the caller's transaction: a job exists exactly if that commits. */
public interface JobQueue {

    /** The core's own job type that inspects an original under the open policy, in pool {@code probe}. */
    String PROBE = "core.probe";

    /**
     * A parameter of {@link #PROBE}: that this server recorded the file itself. Nobody may send as much as may be
     * recorded, and what is recorded is not to be lost for that.
     */
    String RECORDED_HERE = "recordedHere";

    UUID submit(JobDraft draft);

    /** Ends a job early and keeps what it made; nothing happens to one that has ended. */
    void stop(UUID job);

    /** Cancels every job about this subject; their processes are gone within two seconds. */
    void cancelAllAbout(UUID subject);
}
