package io.regie.spi;

/** Why a job failed; decides whether it is tried again. */
public enum FailureKind {
    /** The input is unusable: never tried again by itself. */
    BAD_INPUT,
    /** Something outside did not answer: tried again with a pause. */
    EXTERNAL,
    /** Memory, disk or time ran out: tried again once. */
    RESOURCES,
    /** A defect: tried again once. */
    INTERNAL
}
