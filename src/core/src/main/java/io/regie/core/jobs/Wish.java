package io.regie.core.jobs;

/** What somebody wants of a running attempt. */
enum Wish {
    /** Finish early, keep the result. */
    STOP,
    /** Abandon. */
    CANCEL,
    /** Abandon at once: what it works for is being deleted. */
    DISCARD
}
