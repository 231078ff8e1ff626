package io.regie.core.process;

/** A worker gave no answer. The message says why, for the log. */
public class WorkerFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    WorkerFailedException(String message) {
        super(message);
    }
}
