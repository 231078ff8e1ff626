package io.regie.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.ffmpeg.FFmpegException;
import io.regie.spi.FailureKind;
import io.regie.spi.JobFailedException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    @Test
    void recognizesFullDiskWhereverItHides() {
        Event.Failed full = new Event.Failed(FailureKind.RESOURCES, "The disk is full.");
        IOException write = new IOException("No space left on device");
        assertThat(Failures.of(write, "It")).isEqualTo(full);
        assertThat(Failures.of(new FileSystemException("/a", null, "No space left on device"), "It"))
                .isEqualTo(full);
        assertThat(Failures.of(new FFmpegException("Could not write: No space left on device"), "It"))
                .isEqualTo(full);
        assertThat(Failures.of(new IOException("Disk quota exceeded"), "It")).isEqualTo(full);
        assertThat(Failures.of(new JobFailedException(FailureKind.BAD_INPUT, "No.", new Error(write)), "It"))
                .isEqualTo(full);
    }

    @Test
    void recognizesLimitsOfTheProcess() {
        assertThat(Failures.of(new IOException("File too large"), "It"))
                .isEqualTo(new Event.Failed(FailureKind.RESOURCES, "A file grew past the size that jobs may write."));
        Event.Failed memory = new Event.Failed(FailureKind.RESOURCES, "The job needs more memory than it may use.");
        assertThat(Failures.of(new RuntimeException(new OutOfMemoryError()), "It"))
                .isEqualTo(memory);
        assertThat(Failures.of(new FFmpegException("Could not open: Cannot allocate memory"), "It"))
                .isEqualTo(memory);
    }

    @Test
    void keepsSentenceOfExpectedFailure() {
        JobFailedException expected =
                new JobFailedException(FailureKind.BAD_INPUT, "File too large to be a GIF.", new IOException("x"));
        assertThat(Failures.of(expected, "It"))
                .isEqualTo(new Event.Failed(FailureKind.BAD_INPUT, "File too large to be a GIF."));
    }

    @Test
    void namesTheRootOfWhatNobodyExpected() {
        assertThat(Failures.of(new IllegalStateException(new NullPointerException()), "It"))
                .isEqualTo(new Event.Failed(FailureKind.INTERNAL, "It failed unexpectedly: NullPointerException."));
        assertThat(Failures.of(new NoClassDefFoundError("org/x/Y"), "It").message())
                .isEqualTo("It failed unexpectedly: it uses a class that it does not bring: org/x/Y.");
        assertThat(Failures.of(new UnsupportedClassVersionError("x"), "It").message())
                .startsWith("It failed unexpectedly: it was built for a newer Java than ");
    }

    @Test
    void survivesCauseCycle() {
        IllegalStateException first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));
        assertThat(Failures.of(first, "It").kind()).isEqualTo(FailureKind.INTERNAL);
    }
}
