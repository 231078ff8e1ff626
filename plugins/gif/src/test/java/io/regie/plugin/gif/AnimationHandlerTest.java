package io.regie.plugin.gif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.regie.spi.Estimate;
import io.regie.spi.FailureKind;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.MediaFile;
import io.regie.spi.MediaInfo;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.spi.Placement;
import io.regie.testkit.Clips;
import io.regie.testkit.Images;
import io.regie.testkit.RememberingJobContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnimationHandlerTest {

    @TempDir
    Path folder;

    private Path workspace = Path.of("");

    @BeforeEach
    void createWorkspace() throws IOException {
        workspace = Files.createDirectories(folder.resolve("workspace"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, The range has to end after it starts.",
        "1.5, 0.5, The range has to end after it starts.",
        "-1, 1, The range has to end after it starts.",
        "1, 9, 'The range goes to 9.0 s, but the original ends at 2.0 s.'",
        "5, 6, 'The range goes to 6.0 s, but the original ends at 2.0 s.'"
    })
    void saysWhatIsWrongWithARange(double start, double end, String sentence) throws Exception {
        refuses(new AnimationHandler(), List.of(clip()), range(start, end), sentence);
    }

    @Test
    void saysHowLongAnAnimationMayBe() throws Exception {
        MediaFile film =
                Originals.probed(Clips.clip().size(64, 48).fps(2).seconds(70).writeIn(folder, "film"));

        refuses(
                new AnimationHandler(),
                List.of(film),
                range(1, 65),
                "The range has 64.0 s, and 60 s are the most for an animation.");
    }

    @Test
    void keepsAnAnimationBesideEarlierOnes() throws Exception {
        Output first = only(new AnimationHandler(), "6d0f", clip(), range(0, 0.5));
        Output second = only(new AnimationHandler(), "6d10", clip(), range(0, 0.5));

        assertThat(first.name()).isNotEqualTo(second.name());
        assertThat(first.role()).isEqualTo(OutputRole.ANIMATION);
        assertThat(first.placement()).isEqualTo(Placement.ATTACHMENT);
        assertThat(first.mediaType()).isEqualTo("image/gif");
        assertThat(List.of(first.width(), first.height())).containsExactly(320, 180);
    }

    @Test
    void makesAnArticleWhereThatIsWished() throws Exception {
        Map<String, Object> parameters = range(0, 0.5);
        parameters.put("result", "article");
        parameters.put("format", "mp4");

        Output output = only(new AnimationHandler(), "1", clip(), parameters);

        assertThat(output.placement()).isEqualTo(Placement.NEW_ARTICLE);
        assertThat(output.mediaType()).isEqualTo("video/mp4");
        parameters.put("format", "webp");
        refuses(
                new AnimationHandler(),
                List.of(clip()),
                parameters,
                "An animated WebP cannot be an article of its own. Choose GIF or MP4.");
    }

    @Test
    void estimatesMoreForMore() throws Exception {
        MediaFile film = Originals.probed(Clips.clip().seconds(10).writeIn(folder, "film"));
        Map<String, Object> small = range(0, 2);
        small.put("width", 160L);
        Map<String, Object> limited = range(0, 10);
        limited.put("quality", "smallest");
        limited.put("budget", 0.1);

        Estimate estimate = estimate(film, range(0, 2));

        assertThat(estimate.bytes()).isPositive();
        assertThat(estimate.time()).isPositive();
        assertThat(estimate(film, range(0, 10)).bytes()).isGreaterThan(4 * estimate.bytes());
        assertThat(estimate(film, small).bytes()).isLessThan(estimate.bytes() / 3);
        assertThat(estimate(film, limited).bytes()).isLessThanOrEqualTo(100_000);
    }

    @Test
    void previewIsShortSilentAndSmall() throws Exception {
        MediaFile film =
                Originals.probed(Clips.clip().size(1280, 720).seconds(8).writeIn(folder, "film"));

        Output output = only(new PreviewHandler(), "1", film, Map.of());

        assertThat(output.role()).isEqualTo(OutputRole.PREVIEW);
        assertThat(output.placement()).isEqualTo(Placement.ATTACHMENT);
        assertThat(Files.size(output.file())).isLessThanOrEqualTo(150_000);
        MediaInfo info = Originals.probed(output.file()).info();
        assertThat(info.audio()).isEmpty();
        assertThat(info.video().orElseThrow().width()).isEqualTo(320);
        assertThat(info.duration().toMillis()).isBetween(2900L, 3100L);
    }

    @Test
    void previewOfAShortVideoIsAllOfIt() throws Exception {
        Output output = only(new PreviewHandler(), "1", clip(), Map.of());

        assertThat(Originals.probed(output.file()).info().duration().toMillis()).isBetween(1900L, 2100L);
    }

    @Test
    void nothingFailsForLackOfAPreview() throws Exception {
        MediaFile dot = Originals.probed(Clips.clip().size(8, 8).writeIn(folder, "dot"));
        RememberingJobContext context = new RememberingJobContext(workspace);

        assertThat(new PreviewHandler()
                        .run(request(new PreviewHandler(), "1", List.of(dot), Map.of()), context)
                        .outputs())
                .isEmpty();
        assertNothingLeft();
    }

    @Test
    void namesTheImageThatIsWrong() throws Exception {
        MediaFile image = Originals.probed(Images.png(folder.resolve("a.png"), 64, 48));
        Path broken = Images.png(folder.resolve("b.png"), 64, 48);
        MediaFile damaged = Originals.probed(broken);
        Files.write(broken, new byte[2000]);

        refuses(new ImagesHandler(), List.of(image, clip()), images(0, 1), "Image 2 of 2 is not an image.");
        refuses(new ImagesHandler(), List.of(image), images(0, 0, 7), "Image 3 of 3 was not given.");
        refuses(
                new ImagesHandler(),
                List.of(image, damaged),
                images(0, 1, 0),
                "Image 2 of 3: The file is not an image of an accepted type.");
        refuses(new ImagesHandler(), List.of(image), Map.of(), "An animation needs 1 to 500 images.");
    }

    private MediaFile clip() throws Exception {
        return Originals.probed(Clips.standard(folder));
    }

    private static Map<String, Object> range(double start, double end) {
        return new HashMap<>(Map.of("range", Map.of("start", start, "end", end)));
    }

    private static Map<String, Object> images(long... inputs) {
        return Map.of(
                "images",
                Arrays.stream(inputs)
                        .mapToObj(input -> Map.of("input", input, "seconds", 0.5))
                        .toList());
    }

    private static Estimate estimate(MediaFile film, Map<String, Object> parameters) {
        AnimationHandler handler = new AnimationHandler();
        return handler.estimate(request(handler, "1", List.of(film), parameters));
    }

    private Output only(JobHandler handler, String job, MediaFile input, Map<String, Object> parameters)
            throws Exception {
        RememberingJobContext context = new RememberingJobContext(workspace);
        List<Output> outputs = handler.run(request(handler, job, List.of(input), parameters), context)
                .outputs();
        assertThat(outputs).hasSize(1);
        return outputs.get(0);
    }

    private void refuses(JobHandler handler, List<MediaFile> inputs, Map<String, Object> parameters, String sentence)
            throws IOException {
        assertThatExceptionOfType(JobFailedException.class)
                .isThrownBy(() ->
                        handler.run(request(handler, "1", inputs, parameters), new RememberingJobContext(workspace)))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.BAD_INPUT))
                .withMessage(sentence);
        assertNothingLeft();
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> files = Files.list(workspace)) {
            assertThat(files).as("files left").noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    private static JobRequest request(
            JobHandler handler, String job, List<MediaFile> inputs, Map<String, Object> parameters) {
        return new JobRequest(job, 1, handler.type().id(), inputs, parameters, null);
    }
}
