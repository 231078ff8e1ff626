package io.regie.plugin.transcoding;

import io.regie.ffmpeg.FFmpegException;
import io.regie.spi.FailureKind;
import io.regie.spi.JobFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Says what went wrong in a way that decides whether to try again. */
final class Failures {

    private static final String UNWRITABLE = "The workspace could not be written to.";

    private Failures() {}

    static JobFailedException explain(UncheckedIOException e) {
        return new JobFailedException(FailureKind.RESOURCES, UNWRITABLE, e);
    }

    static JobFailedException explain(IOException e) {
        if (!(e instanceof FFmpegException libav)) {
            return new JobFailedException(FailureKind.RESOURCES, UNWRITABLE, e);
        }
        if (libav.isOutOfResources()) {
            return new JobFailedException(FailureKind.RESOURCES, "The machine ran out of disk space or memory.", e);
        }
        return new JobFailedException(
                FailureKind.BAD_INPUT, "The original could not be transcoded: " + e.getMessage() + ".", e);
    }
}
