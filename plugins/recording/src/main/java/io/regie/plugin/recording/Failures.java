package io.regie.plugin.recording;

import io.regie.ffmpeg.FFmpegException;
import io.regie.spi.FailureKind;
import io.regie.spi.JobFailedException;
import java.io.IOException;

/** Says what went wrong in a way that decides whether to try again. */
final class Failures {

    private Failures() {}

    static JobFailedException explain(IOException e) {
        if (isOutOfSpace(e)) {
            return new JobFailedException(FailureKind.RESOURCES, "The machine ran out of disk space or memory.", e);
        }
        if (e instanceof FFmpegException) {
            return new JobFailedException(
                    FailureKind.EXTERNAL, "The stream could not be read: " + e.getMessage() + ".", e);
        }
        return new JobFailedException(FailureKind.RESOURCES, "The workspace could not be written to.", e);
    }

    /** Whoever asked for a look waits for the answer: there is no second try. */
    static JobFailedException forGood(IOException e) {
        JobFailedException explained = explain(e);
        return new JobFailedException(FailureKind.BAD_INPUT, String.valueOf(explained.getMessage()), e);
    }

    static boolean isOutOfSpace(IOException e) {
        return e instanceof FFmpegException libav && libav.isOutOfResources()
                || String.valueOf(e.getMessage()).contains("No space left");
    }

    /** A sentence about a connection that did not last. */
    static String sentence(IOException e) {
        return e instanceof FFmpegException ? e.getMessage() + "." : "The source could not be reached.";
    }
}
