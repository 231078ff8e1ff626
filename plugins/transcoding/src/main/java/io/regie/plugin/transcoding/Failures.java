package io.regie.plugin.transcoding;

import io.regie.ffmpeg.FFmpegException;
import io.regie.spi.FailureKind;
import io.regie.spi.JobFailedException;
import java.io.IOException;

/** Says what went wrong in a way that decides whether to try again. */
final class Failures {

    private Failures() {}

    static JobFailedException explain(IOException e) {
        if (!(e instanceof FFmpegException libav)) {
            return new JobFailedException(FailureKind.RESOURCES, "The workspace could not be written to.", e);
        }
        if (libav.isOutOfResources()) {
            return new JobFailedException(FailureKind.RESOURCES, "The machine ran out of disk space or memory.", e);
        }
        return new JobFailedException(
                FailureKind.BAD_INPUT, "The original could not be transcoded: " + e.getMessage() + ".", e);
    }
}
