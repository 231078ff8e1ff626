package io.regie.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.spi.ByteRange;
import io.regie.spi.EarlyOutput;
import io.regie.spi.Output;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberingJobContextTest {

    @TempDir
    Path workspace;

    private RememberingJobContext context;
    private Path file;
    private EarlyOutput early;

    @BeforeEach
    void announce() throws IOException {
        context = new RememberingJobContext(workspace);
        file = Files.write(workspace.resolve("video.mp4"), new byte[100]);
        Rendition rendition = Rendition.video("avc1.64001f", 320, 180, 25, 100_000, new ByteRange(0, 10));
        early = context.publishEarly(Output.rendition("video", file, rendition));
    }

    @Test
    void acceptsAGrowingFile() throws IOException {
        early.append(segment(0, 10, 90));
        Files.write(file, new byte[150]);
        early.append(segment(1, 100, 50));

        assertThat(context.violations()).isEmpty();
        assertThat(context.segments("video")).hasSize(2);
    }

    @Test
    void noticesSegmentsThatAreNotWrittenYet() throws IOException {
        early.append(segment(0, 10, 91));

        assertThat(context.violations()).hasSize(1);
    }

    @Test
    void noticesHoles() throws IOException {
        early.append(segment(0, 10, 10));
        early.append(segment(1, 30, 10));

        assertThat(context.violations()).hasSize(1);
    }

    @Test
    void noticesBytesThatChangeAfterwards() throws IOException {
        early.append(segment(0, 10, 10));
        byte[] changed = new byte[100];
        changed[15] = 1;
        Files.write(file, changed);

        assertThat(context.violations()).hasSize(1);
    }

    private static Segment segment(int start, int offset, int length) {
        return new Segment(Duration.ofSeconds(start), Duration.ofSeconds(1), new ByteRange(offset, length));
    }
}
