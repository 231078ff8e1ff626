package io.regie.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.regie.spi.ByteRange;
import io.regie.spi.Output;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import io.regie.spi.Storyboard;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Whether what an output says about itself is true. */
final class OutputChecks {

    private OutputChecks() {}

    static void check(List<Output> outputs, Path workspace) throws IOException {
        assertThat(outputs).extracting(Output::name).doesNotHaveDuplicates();
        for (Output output : outputs) {
            Path file = output.file();
            assertThat(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .as("%s is a regular file", output.name())
                    .isTrue();
            assertThat(file.toRealPath()).as(output.name()).startsWith(workspace.toRealPath());
            assertThat(Files.size(file)).as("size of %s", output.name()).isPositive();
            assertThat(output.mediaType()).as(output.name()).matches("[a-z]+/[a-z0-9.+-]+");
            if (output.rendition() != null) {
                checkRendition(output.name(), file, output.rendition());
            }
            if (output.storyboard() != null) {
                checkStoryboard(file, output.storyboard());
            }
        }
    }

    private static void checkRendition(String name, Path file, Rendition rendition) throws IOException {
        assertThat(rendition.codecs()).as(name).matches("[a-zA-Z0-9.]+");
        assertThat(rendition.segments()).as("segments of %s", name).isNotEmpty();
        assertThat(rendition.averageBandwidth()).as(name).isPositive();
        assertThat(rendition.peakBandwidth()).as(name).isGreaterThanOrEqualTo(rendition.averageBandwidth());
        ByteRange initialization = rendition.initialization();
        assertThat(box(file, initialization.offset())).as(name).isEqualTo("ftyp");
        long end = initialization.end();
        Segment previous = null;
        for (Segment segment : rendition.segments()) {
            assertThat(segment.range().offset())
                    .as("place of a segment of %s", name)
                    .isGreaterThanOrEqualTo(end);
            assertThat(segment.duration())
                    .as("duration of a segment of %s", name)
                    .isPositive();
            assertThat(box(file, segment.range().offset())).as(name).isIn("moof", "styp", "sidx", "emsg", "prft");
            if (previous != null) {
                assertThat(segment.range().offset()).as("hole in %s", name).isEqualTo(end);
                assertThat(segment.start()).as("order of %s", name).isGreaterThan(previous.start());
            }
            end = segment.range().end();
            previous = segment;
        }
        assertThat(end).as("end of the last segment of %s", name).isLessThanOrEqualTo(Files.size(file));
    }

    private static void checkStoryboard(Path file, Storyboard storyboard) throws IOException {
        assertThat(storyboard.starts()).isNotEmpty().isSorted();
        BufferedImage sheet = ImageIO.read(file.toFile());
        int rows = (storyboard.starts().size() + storyboard.columns() - 1) / storyboard.columns();
        int columns = Math.min(storyboard.columns(), storyboard.starts().size());
        assertThat(sheet.getWidth()).isGreaterThanOrEqualTo(columns * storyboard.tileWidth());
        assertThat(sheet.getHeight()).isEqualTo(rows * storyboard.tileHeight());
    }

    private static String box(Path file, long offset) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(offset + 4);
            byte[] type = new byte[4];
            in.readFully(type);
            return new String(type, ISO_8859_1);
        }
    }
}
