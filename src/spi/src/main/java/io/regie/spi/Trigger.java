package io.regie.spi;

/** What starts a job. */
public enum Trigger {
    /** An original of an accepted kind was uploaded and probed. */
    UPLOADED,
    /** Somebody asked for it on an article's page or through the API. */
    ON_DEMAND,
    /** A live stream is to be recorded. */
    LIVE_STREAM,
    /** Somebody wants to know what a live stream sends. */
    LIVE_CHECK,
    /** A schedule came due. */
    SCHEDULE;

    /** Whether its jobs have a source, see {@link JobRequest#source()}, and a way to it. */
    public boolean readsLiveStream() {
        return this == LIVE_STREAM || this == LIVE_CHECK;
    }
}
