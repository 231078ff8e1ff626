package io.regie.plugin.gif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.regie.spi.Estimate;
import io.regie.spi.FailureKind;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.MediaFile;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.spi.Placement;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import io.regie.testkit.RememberingJobContext;
import io.regie.testkit.VideoCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipHandlerTest {

    @TempDir
    Path folder;

    private Path workspace;

    @BeforeEach
    void createWorkspace() throws Exception {
        workspace = Files.createDirectories(folder.resolve("workspace"));
    }

    @Test
    void makesAnArticleOfSoundAlone() throws Exception {
        MediaFile original = Originals.probed(Clips.audioOnly(folder, Container.MP3));

        Output output = run(original, 0.5, 1.5, "exact").outputs().get(0);

        assertThat(output.placement()).isEqualTo(Placement.NEW_ARTICLE);
        assertThat(output.role()).isEqualTo(OutputRole.CLIP);
        assertThat(output.mediaType()).isEqualTo("audio/mp4");
        assertThat(Originals.probed(output.file()).info().duration().toMillis() / 1000.0)
                .isCloseTo(1, within(0.001));
    }

    @Test
    void saysInItsLogWhatCopyHides() throws Exception {
        MediaFile original =
                Originals.probed(Clips.clip().seconds(3).keyFrameEvery(100).writeIn(folder, "film"));
        RememberingJobContext context = new RememberingJobContext(workspace);

        new ClipHandler().run(request(original, 2, 3, "fast"), context);

        assertThat(context.log()).anySatisfy(line -> assertThat(line)
                .contains("2.00 s before the beginning are not shown, but are in the file"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, The range has to end after it starts.",
        "2, 1, The range has to end after it starts.",
        "1, 7, 'The range goes to 7.0 s, but the original ends at 2.0 s.'"
    })
    void refusesRangesThatAreNone(double start, double end, String sentence) throws Exception {
        MediaFile original = Originals.probed(Clips.standard(folder));

        assertThatThrownBy(() -> run(original, start, end, "exact"))
                .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(FailureKind.BAD_INPUT))
                .hasMessage(sentence);
        assertThat(left()).isEmpty();
    }

    @Test
    void saysThatTheOtherWayHelpsWhereNothingCanBeCopied() throws Exception {
        MediaFile original = Originals.probed(
                Clips.clip().video(VideoCodec.VP8).container(Container.MKV).writeIn(folder, "old"));

        assertThatThrownBy(() -> run(original, 0.5, 1, "fast"))
                .isInstanceOf(JobFailedException.class)
                .hasMessage("Pictures in the format vp8 cannot be copied into a clip;"
                        + " choose the exact way, which encodes them anew.");
        assertThat(left()).isEmpty();
    }

    @Test
    void estimatesWhatItTakes() throws Exception {
        MediaFile original = Originals.probed(Clips.standard(folder));

        Estimate fast = new ClipHandler().estimate(request(original, 0, 2, "fast"));
        Estimate exact = new ClipHandler().estimate(request(original, 0, 2, "exact"));

        assertThat(fast.bytes())
                .isCloseTo(original.info().bytes(), within(original.info().bytes() / 5));
        assertThat(exact.time()).isGreaterThan(fast.time());
        assertThat(new ClipHandler().estimate(request(original, 3, 2, "exact"))).isEqualTo(Estimate.unknown());
    }

    private JobResult run(MediaFile original, double start, double end, String mode) throws Exception {
        return new ClipHandler().run(request(original, start, end, mode), new RememberingJobContext(workspace));
    }

    private static JobRequest request(MediaFile original, double start, double end, String mode) {
        return new JobRequest(
                "job",
                1,
                "gif.clip",
                List.of(original),
                Map.of("range", Map.of("start", start, "end", end), "mode", mode),
                null);
    }

    private List<Path> left() throws Exception {
        try (Stream<Path> files = Files.list(workspace)) {
            return files.toList();
        }
    }
}
