package io.regie.worker;

import io.regie.spi.FailureKind;
import io.regie.spi.JobFailedException;

/** What an exception means to the people who see the job. */
final class Failures {

    private Failures() {}

    /** @param who whose defect it is, for the start of a sentence */
    static Event.Failed of(Throwable thrown, String who) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            // The words of the C library: neither the JDK nor libav has a type for these.
            if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
                return new Event.Failed(FailureKind.RESOURCES, "The disk is full.");
            }
            if (message.contains("File too large")) {
                return new Event.Failed(FailureKind.RESOURCES, "A file grew past the size that jobs may write.");
            }
            if (cause instanceof OutOfMemoryError || message.contains("Cannot allocate memory")) {
                return new Event.Failed(FailureKind.RESOURCES, "The job needs more memory than it may use.");
            }
        }
        if (thrown instanceof JobFailedException expected) {
            return new Event.Failed(expected.kind(), String.valueOf(expected.getMessage()));
        }
        if (thrown instanceof PluginDefectException) {
            return new Event.Failed(FailureKind.INTERNAL, who + " is defective: " + thrown.getMessage());
        }
        return new Event.Failed(FailureKind.INTERNAL, who + " failed unexpectedly: " + describe(thrown));
    }

    /** What happened, for an author who has the stack in the log. */
    static String describe(Throwable thrown) {
        Throwable root = thrown;
        // A cause cycle would be the plugin's doing; its length is nothing to rely on.
        for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
            root = root.getCause();
        }
        if (root instanceof UnsupportedClassVersionError) {
            return "it was built for a newer Java than " + Runtime.version().feature() + ".";
        }
        if (root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError) {
            return "it uses a class that it does not bring: " + root.getMessage() + ".";
        }
        return root.getClass().getSimpleName() + (root.getMessage() == null ? "." : ": " + root.getMessage());
    }
}
