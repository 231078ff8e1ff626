package io.regie.core.jobs;

/** The attempt is not its job's current one any more: whatever it does must leave no trace. */
class FenceLostException extends Exception {
    private static final long serialVersionUID = 1L;

    FenceLostException() {
        super(null, null, false, false);
    }
}
