package io.regie.worker;

import io.regie.spi.FailureKind;
import io.regie.spi.JobFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What an exception means to the people who see the job. */
final class Failures {

    private Failures() {}

    /** @param who whose defect it is, for the start of a sentence */
    static Event.Failed of(Throwable thrown, String who) {
        for (Throwable cause : causes(thrown)) {
            // The words of the C library: neither the JDK nor libav has a type for these.
            String message = cause instanceof IOException ? String.valueOf(cause.getMessage()) : "";
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
        List<Throwable> causes = causes(thrown);
        Throwable root = causes.get(causes.size() - 1);
        if (root instanceof UnsupportedClassVersionError) {
            return "it was built for a newer Java than " + Runtime.version().feature() + ".";
        }
        if (root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError) {
            return "it uses a class that it does not bring: " + root.getMessage() + ".";
        }
        String name = root.getClass().getSimpleName();
        return root.getMessage() == null ? name + "." : root.getMessage() + " (" + name + ").";
    }

    private static List<Throwable> causes(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        // A cycle of causes would be odd but not impossible.
        for (Throwable cause = thrown; cause != null && causes.size() < 20; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
