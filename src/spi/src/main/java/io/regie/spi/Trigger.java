package io.regie.spi;

/** What starts a job. */
public enum Trigger {
    /** An original of an accepted kind was uploaded and probed. */
    UPLOADED,
    /** Somebody asked for it on an article's page or through the API. */
    ON_DEMAND,
    /** A live stream is to be recorded. */
    LIVE_STREAM,
    /** A schedule came due. */
    SCHEDULE
}
