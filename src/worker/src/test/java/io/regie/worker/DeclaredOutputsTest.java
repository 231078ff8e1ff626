package io.regie.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regie.spi.ByteRange;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.spi.Placement;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclaredOutputsTest {

    private static final Rendition BEGUN = Rendition.video("avc1.64001f", 640, 360, 25, 500_000, new ByteRange(0, 20));

    @TempDir
    Path folder;

    private Path workspace;
    private DeclaredOutputs outputs;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = Files.createDirectory(folder.toRealPath().resolve("workspace"));
        outputs = new DeclaredOutputs(workspace);
    }

    @Test
    void takesFilesOfWorkspaceByRelativeAndAbsolutePath() throws IOException {
        Files.createDirectory(workspace.resolve("deep"));
        file("deep/a.jpg", 1);
        file("b.jpg", 1);
        assertThat(outputs.finished(poster("a", Path.of("deep/./a.jpg"))).file())
                .isEqualTo(workspace.resolve("deep/a.jpg"));
        assertThat(outputs.finished(poster("b", workspace.resolve("b.jpg"))).file())
                .isEqualTo(workspace.resolve("b.jpg"));
    }

    @Test
    void refusesFilesOutsideWorkspace() throws IOException {
        Files.writeString(folder.resolve("outside.jpg"), "x");
        Path sibling = Files.createDirectory(folder.resolve("workspace-evil"));
        Files.writeString(sibling.resolve("a.jpg"), "x");
        assertDefect(() -> outputs.finished(poster("a", Path.of("/etc/passwd"))), "is not in the workspace");
        assertDefect(() -> outputs.finished(poster("a", Path.of("../outside.jpg"))), "is not in the workspace");
        assertDefect(() -> outputs.finished(poster("a", sibling.resolve("a.jpg"))), "is not in the workspace");
        assertDefect(() -> outputs.finished(poster("a", workspace)), "is not in the workspace");
    }

    @Test
    void refusesSymbolicLinks() throws IOException {
        Files.writeString(folder.resolve("outside.jpg"), "x");
        Files.createSymbolicLink(workspace.resolve("file.jpg"), folder.resolve("outside.jpg"));
        Files.createSymbolicLink(workspace.resolve("folder"), folder);
        assertDefect(() -> outputs.finished(poster("a", Path.of("file.jpg"))), "reached by a symbolic link");
        assertDefect(() -> outputs.finished(poster("a", Path.of("folder/outside.jpg"))), "reached by a symbolic link");
    }

    @Test
    void refusesWhatIsNoFileOrEmpty() throws IOException {
        file("empty.jpg", 0);
        Files.createDirectory(workspace.resolve("folder"));
        assertDefect(() -> outputs.finished(poster("a", Path.of("missing.jpg"))), "is not a file");
        assertDefect(() -> outputs.finished(poster("a", Path.of("folder"))), "is not a file");
        assertDefect(() -> outputs.finished(poster("a", Path.of("empty.jpg"))), "The output a is empty.");
    }

    @Test
    void refusesSameNameOrFileTwice() throws IOException {
        file("a.jpg", 1);
        file("b.jpg", 1);
        outputs.finished(poster("a", Path.of("a.jpg")));
        assertDefect(() -> outputs.finished(poster("a", Path.of("b.jpg"))), "Two outputs are named a.");
        assertDefect(() -> outputs.finished(poster("c", Path.of("a.jpg"))), "is the same file as another one");
    }

    @Test
    void growsEarlyOutputUntilItIsWhole() throws IOException {
        Path file = file("v.mp4", 20);
        Output early = outputs.early(Output.rendition("video-360", file, BEGUN));
        grow(file, 40);
        outputs.append(early.name(), segment(0, 20, 20));
        grow(file, 60);
        outputs.append(early.name(), segment(4, 40, 20));
        List<Segment> all = List.of(segment(0, 20, 20), segment(4, 40, 20));
        outputs.finished(Output.rendition("video-360", file, BEGUN.finished(all)));
        assertDefect(() -> outputs.append("video-360", segment(8, 40, 20)), "another segment after it was finished");
        assertDefect(() -> outputs.early(Output.rendition("video-360", file, BEGUN)), "Two outputs are named");
    }

    @Test
    void refusesEarlyOutputThatIsNoBeginning() throws IOException {
        Path file = file("v.mp4", 10);
        Rendition whole = BEGUN.finished(List.of(segment(0, 20, 20)));
        assertDefect(() -> outputs.early(poster("a", file)), "is not a rendition");
        assertDefect(() -> outputs.early(Output.rendition("a", file, whole)), "has segments before it began");
        assertDefect(
                () -> outputs.early(Output.rendition("a", file, BEGUN)),
                "The initialisation of a ends after the file's 10 bytes.");
    }

    @Test
    void refusesSegmentsThatDoNotFollow() throws IOException {
        Path file = file("v.mp4", 100);
        outputs.early(Output.rendition("a", file, BEGUN));
        assertDefect(() -> outputs.append("a", segment(0, 10, 20)), "overlaps the initialisation");
        assertDefect(() -> outputs.append("a", segment(0, 20, 0)), "has no bytes");
        assertDefect(
                () -> outputs.append("a", new Segment(Duration.ZERO, Duration.ZERO, new ByteRange(20, 20))),
                "does not last");
        outputs.append("a", segment(0, 20, 20));
        assertDefect(
                () -> outputs.append("a", segment(4, 41, 20)), "The segment 1 of a does not follow its predecessor");
        assertDefect(() -> outputs.append("a", segment(4, 20, 20)), "in the file");
        assertDefect(() -> outputs.append("a", segment(8, 40, 20)), "in time");
        assertDefect(() -> outputs.append("a", segment(0, 40, 20)), "in time");
        assertDefect(() -> outputs.append("a", segment(4, 40, 61)), "ends after the file's 100 bytes");
        assertDefect(() -> outputs.append("a", segment(4, 40, Long.MAX_VALUE - 40)), "ends after the file's 100 bytes");
        outputs.append("a", new Segment(Duration.ofMillis(4001), Duration.ofSeconds(4), new ByteRange(40, 60)));
    }

    @Test
    void refusesFinishedOutputThatBeginsOtherwise() throws IOException {
        Path file = file("v.mp4", 100);
        outputs.early(Output.rendition("a", file, BEGUN));
        outputs.append("a", segment(0, 20, 20));
        outputs.append("a", segment(4, 40, 20));
        String sentence = "does not begin with what was announced";
        Rendition shorter = BEGUN.finished(List.of(segment(0, 20, 20)));
        assertDefect(() -> outputs.finished(Output.rendition("a", file, shorter)), sentence);
    }

    @Test
    void refusesFinishedRenditionWithoutSegmentsOrBeyondItsFile() throws IOException {
        Path file = file("v.mp4", 30);
        assertDefect(() -> outputs.finished(Output.rendition("a", file, BEGUN)), "is finished but has no segments");
        Rendition longer = BEGUN.finished(List.of(segment(0, 20, 11)));
        Path other = file("w.mp4", 30);
        assertDefect(() -> outputs.finished(Output.rendition("b", other, longer)), "segment 0 of b ends after");
    }

    @Test
    void refusesFactsThatMakeNoSense() throws IOException {
        Path file = file("v.mp4", 100);
        List<Segment> segments = List.of(segment(0, 20, 20));
        for (Rendition rendition : List.of(
                Rendition.video("avc1\",X=\"", 640, 360, 25, 500_000, new ByteRange(0, 20)),
                Rendition.video("avc1", 640, 360, Double.NaN, 500_000, new ByteRange(0, 20)),
                Rendition.video("avc1", 640, 360, 25, 0, new ByteRange(0, 20)))) {
            assertDefect(() -> outputs.early(Output.rendition("a", file, rendition)), "make no sense");
        }
        Output html = Output.attachment("a", file, OutputRole.POSTER, "text/html; charset=x", 1, 1);
        assertDefect(() -> outputs.finished(html), "make no sense");
        Output misplaced = new Output(
                "a",
                file,
                OutputRole.RENDITION,
                Placement.NEW_ARTICLE,
                "video/mp4",
                BEGUN.finished(segments),
                null,
                1,
                1);
        assertDefect(() -> outputs.finished(misplaced), "make no sense");
    }

    private static Output poster(String name, Path file) {
        return Output.attachment(name, file, OutputRole.POSTER, "image/jpeg", 1, 1);
    }

    private static Segment segment(int start, long offset, long length) {
        return new Segment(Duration.ofSeconds(start), Duration.ofSeconds(4), new ByteRange(offset, length));
    }

    private Path file(String name, int bytes) throws IOException {
        return Files.write(workspace.resolve(name), new byte[bytes]);
    }

    private static void grow(Path file, int bytes) throws IOException {
        Files.write(file, new byte[bytes]);
    }

    private static void assertDefect(ThrowingCallable declaration, String sentence) {
        assertThatThrownBy(declaration)
                .isInstanceOf(PluginDefectException.class)
                .hasMessageContaining(sentence);
    }
}
