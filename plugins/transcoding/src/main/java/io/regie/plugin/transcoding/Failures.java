package io.regie.plugin.transcoding;

import io.regie.ffmpeg.FFmpegException;
import io.regie.spi.FailureKind;
import io.regie.spi.JobFailedException;

/** Says what went wrong in a way that decides whether to try again. */
final class Failures {

    private Failures() {}

    static JobFailedException explain(FFmpegException e) {
        if (e.isOutOfResources()) {
            return new JobFailedException(FailureKind.RESOURCES, "The machine ran out of disk space or memory.", e);
        }
        return new JobFailedException(
                FailureKind.BAD_INPUT, "The original could not be transcoded: " + e.getMessage() + ".", e);
    }
}
