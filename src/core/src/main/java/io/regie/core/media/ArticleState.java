package io.regie.core.media;

/** Whether an article can be watched yet. */
public enum ArticleState {
    /** A job that decides on it is queued or running. */
    PROCESSING,
    /** They ended, and something is playable, or the kind has nothing to play. */
    READY,
    /** They ended, and nothing is playable. */
    FAILED
}
