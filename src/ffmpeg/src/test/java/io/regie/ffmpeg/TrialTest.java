package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialTest {

    @TempDir
    Path folder;

    @Test
    void findsNoFaultInWhatWorks() {
        assertThat(Trial.run(folder)).isEmpty();
    }

    /** Nothing can be written there, so nothing can be shown to work. */
    @Test
    void namesEachToolThatDoesNotWork() {
        assertThat(Trial.run(folder.resolve("nowhere")))
                .extracting(Trial.Fault::tool)
                .containsExactly("libx264", "aac", "gif", "libwebp");
    }
}
