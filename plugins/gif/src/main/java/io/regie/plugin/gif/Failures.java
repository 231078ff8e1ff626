package io.regie.plugin.gif;

import io.regie.ffmpeg.FFmpegException;
import io.regie.ffmpeg.RefusedMediaException;
import io.regie.spi.FailureKind;
import io.regie.spi.JobFailedException;
import java.io.IOException;

/** Says what went wrong in a way that decides whether to try again. */
final class Failures {

    private Failures() {}

    static JobFailedException badInput(String sentence) {
        return new JobFailedException(FailureKind.BAD_INPUT, sentence);
    }

    static JobFailedException explain(RefusedMediaException e) {
        return new JobFailedException(FailureKind.BAD_INPUT, String.valueOf(e.getMessage()), e);
    }

    static JobFailedException explain(IOException e) {
        if (!(e instanceof FFmpegException libav)) {
            return new JobFailedException(FailureKind.RESOURCES, "The workspace could not be written to.", e);
        }
        if (libav.isOutOfResources()) {
            return new JobFailedException(FailureKind.RESOURCES, "The machine ran out of disk space or memory.", e);
        }
        return new JobFailedException(
                FailureKind.BAD_INPUT, "The original could not be read: " + e.getMessage() + ".", e);
    }
}
