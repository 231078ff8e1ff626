package io.regie.core.jobs;

/** Where a job is in its life. */
public enum JobState {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** Ended early on request, results kept. */
    STOPPED;

    public boolean ended() {
        return this != QUEUED && this != RUNNING;
    }
}
