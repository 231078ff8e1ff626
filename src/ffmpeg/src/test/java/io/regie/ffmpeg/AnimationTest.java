package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regie.ffmpeg.Animation.Image;
import io.regie.ffmpeg.Animation.Watch;
import io.regie.ffmpeg.Animation.Written;
import io.regie.ffmpeg.AnimationSettings.Look;
import io.regie.spi.MediaFile;
import io.regie.spi.MediaInfo;
import io.regie.testkit.AudioCodec;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import io.regie.testkit.DecodedGif;
import io.regie.testkit.Images;
import io.regie.testkit.VideoCodec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnimationTest {

    /** A flash of three frames at the start of each second. */
    private static final int FPS = 25;

    private static final int FLASH_FRAMES = 3;

    @TempDir
    Path folder;

    @AfterEach
    void leavesNothingUnfinished() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "5, 1", "8, 1", "10, 1", "8, 0.25", "8, 4", "10, 1.5"})
    void gifLastsAsLongAsItsRangeAndShowsItInOrder(int centiseconds, double speed) throws Exception {
        AnimationSettings settings = AnimationSettings.of(AnimationFormat.GIF)
                .maxWidth(64)
                .centiseconds(centiseconds)
                .speed(speed);

        write(flashes(), 0.5, 2.7, settings, "flashes.gif");

        DecodedGif gif = DecodedGif.read(folder.resolve("flashes.gif"));
        assertThat(gif.delays()).containsOnly(centiseconds);
        assertThat(Math.abs(gif.centiseconds() - 220 / speed)).isLessThanOrEqualTo(centiseconds);
        assertThat(bright(gif)).isEqualTo(expected(gif.delays().size(), 0.5, speed * centiseconds / 100));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7})
    void gifPlaysAsOftenAsWished(int loops) throws Exception {
        write(flashes(), 0, 0.4, small(AnimationFormat.GIF).loops(loops), "loops.gif");

        int repetitions = DecodedGif.read(folder.resolve("loops.gif")).repetitions();

        assertThat(repetitions).isEqualTo(loops == 0 ? 0 : loops == 1 ? -1 : loops - 1);
    }

    @Test
    void boomerangPlaysBackwardsWithoutTheEndsTwice() throws Exception {
        // So long and large that going backwards takes more than one window.
        MediaFile clip = probed(Clips.clip()
                .flashAndBeep()
                .size(1280, 720)
                .seconds(2.6)
                .keyFrameEvery(10)
                .bFrames(2)
                .writeIn(folder, "large"));
        AnimationSettings settings =
                AnimationSettings.of(AnimationFormat.GIF).maxWidth(1280).boomerang(true);

        write(clip, 0, 2.4, settings, "boomerang.gif");

        DecodedGif gif = DecodedGif.read(folder.resolve("boomerang.gif"));
        List<Boolean> forwards = expected(30, 0, 0.08);
        List<Boolean> backwards = new ArrayList<>(forwards.subList(1, 29));
        Collections.reverse(backwards);
        forwards.addAll(backwards);
        assertThat(bright(gif)).isEqualTo(forwards);
    }

    @Test
    void mp4LastsAsLongAsItsRangeAndIsSilent() throws Exception {
        write(flashes(), 0.5, 2.5, small(AnimationFormat.MP4), "loop.mp4");

        MediaInfo info = Probe.probe(folder.resolve("loop.mp4"), ProbeLimits.standard());
        assertThat(info.audio()).isEmpty();
        assertThat(info.duration().toMillis()).isBetween(1920L, 2080L);
        assertThat(info.video().orElseThrow().codec()).isEqualTo("h264");
        assertThat(info.video().orElseThrow().frameRate()).isEqualTo(12.5);
    }

    @Test
    void mp4CanPlayBeforeItIsLoaded() throws Exception {
        write(flashes(), 0, 1, small(AnimationFormat.MP4), "loop.mp4");

        String bytes = Files.readString(folder.resolve("loop.mp4"), StandardCharsets.ISO_8859_1);
        assertThat(bytes.indexOf("moov")).isPositive().isLessThan(bytes.indexOf("mdat"));
    }

    @Test
    void webpLastsAsLongAsItsRangeAndLoops() throws Exception {
        write(flashes(), 0.5, 2.5, small(AnimationFormat.WEBP).loops(3), "loop.webp");

        AnimatedWebp webp = AnimatedWebp.read(folder.resolve("loop.webp"));
        assertThat(webp.loops()).isEqualTo(3);
        assertThat(webp.milliseconds()).isBetween(1920, 2080);
    }

    @ParameterizedTest
    @CsvSource({"0, 320, 180", "90, 180, 320", "180, 320, 180", "270, 180, 320"})
    void turnsWhatIsToBeTurned(int rotation, int width, int height) throws Exception {
        MediaFile clip = probed(Clips.rotated(folder, rotation));

        Written written = write(clip, 0, 0.4, AnimationSettings.of(AnimationFormat.GIF), "turned.gif");

        assertThat(List.of(written.width(), written.height())).containsExactly(width, height);
        BufferedImage picture =
                DecodedGif.read(folder.resolve("turned.gif")).pictures().get(0);
        // White is the first bar, at the top left of what is stored.
        int[] corner =
                switch (rotation) {
                    case 90 -> new int[] {width - 5, 5};
                    case 180 -> new int[] {width - 5, height - 5};
                    case 270 -> new int[] {5, height - 5};
                    default -> new int[] {5, 5};
                };
        assertThat(luma(picture.getRGB(corner[0], corner[1]))).isGreaterThan(200);
    }

    @Test
    void showsWidePixelsWide() throws Exception {
        MediaFile clip = probed(Clips.anamorphic(folder));

        Written written = write(clip, 0, 0.4, AnimationSettings.of(AnimationFormat.GIF), "wide.gif");

        assertThat(List.of(written.width(), written.height())).containsExactly(480, 270);
    }

    @ParameterizedTest
    @EnumSource(AnimationFormat.class)
    void neverEnlarges(AnimationFormat format) throws Exception {
        MediaFile clip = probed(Clips.standard(folder));

        Written written = write(clip, 0, 0.4, AnimationSettings.of(format).maxWidth(1920), "size");

        assertThat(List.of(written.width(), written.height())).containsExactly(320, 180);
    }

    @ParameterizedTest
    @EnumSource(AnimationFormat.class)
    void takesOddSizes(AnimationFormat format) throws Exception {
        MediaFile clip = probed(Clips.oddSizes(folder));

        Written written = write(clip, 0, 0.4, AnimationSettings.of(format).maxWidth(201), "odd");

        assertThat(written.width()).isEqualTo(format == AnimationFormat.MP4 ? 200 : 201);
    }

    @Test
    void takesVeryLargePictures() throws Exception {
        MediaFile clip = probed(Clips.clip().size(8000, 2000).seconds(0.2).writeIn(folder, "huge"));

        Written written = write(clip, 0, 0.2, AnimationSettings.of(AnimationFormat.GIF), "huge.gif");

        assertThat(List.of(written.width(), written.height())).containsExactly(480, 120);
    }

    @Test
    void takesInterlacedAndUnevenVideo() throws Exception {
        for (Path file : List.of(Clips.interlaced(folder), Clips.variableFrameRate(folder), Clips.tenBit(folder))) {
            write(probed(file), 0.2, 1.2, small(AnimationFormat.GIF), "any.gif");

            assertThat(DecodedGif.read(folder.resolve("any.gif")).delays())
                    .as(file.toString())
                    .hasSize(13);
        }
    }

    @Test
    void reachesPlacesOfFilesWithoutIndex() throws Exception {
        // Without sound, whose first packet would be where the time line begins.
        MediaFile clip = probed(Clips.clip()
                .flashAndBeep()
                .audio(AudioCodec.NONE)
                .container(Container.TS)
                .seconds(4)
                .keyFrameEvery(50)
                .writeIn(folder, "stream"));

        write(clip, 1.9, 3.3, small(AnimationFormat.GIF), "stream.gif");

        assertThat(bright(DecodedGif.read(folder.resolve("stream.gif")))).isEqualTo(expected(18, 1.9, 0.08));
    }

    @Test
    void drawsCaptionsAtTheBottomWhateverTheySay() throws Exception {
        String caption = "100% 'sûr': [a];b\\n,drawtext=textfile=/etc/passwd \n" + "longer ".repeat(20);
        MediaFile clip = probed(Clips.clip().blackFrames(50).writeIn(folder, "black"));
        AnimationSettings settings = AnimationSettings.of(AnimationFormat.GIF);

        write(clip, 0, 0.4, settings.caption(caption), "caption.gif");

        BufferedImage picture =
                DecodedGif.read(folder.resolve("caption.gif")).pictures().get(0);
        assertThat(brightest(picture, 0, 60)).isLessThan(60);
        assertThat(brightest(picture, 90, 180)).isGreaterThan(200);
    }

    @ParameterizedTest
    @EnumSource(AnimationFormat.class)
    void keepsItsBudget(AnimationFormat format) throws Exception {
        MediaFile clip = probed(Clips.clip().size(640, 360).seconds(3).writeIn(folder, "busy"));
        long budget = format == AnimationFormat.GIF ? 150_000 : 15_000;
        AnimationSettings settings = AnimationSettings.of(format);
        long free = write(clip, 0, 3, settings, "free").bytes();

        Written written = write(clip, 0, 3, settings.look(Look.SMALLEST).budget(budget), "kept");

        assertThat(free).isGreaterThan(budget);
        assertThat(written.bytes())
                .isEqualTo(Files.size(folder.resolve("kept")))
                .isLessThanOrEqualTo(budget)
                .isGreaterThan(budget / 10);
    }

    @Test
    void saysWhenNoReductionIsEnough() throws Exception {
        MediaFile clip = probed(Clips.clip().size(640, 360).seconds(3).writeIn(folder, "busy"));
        AnimationSettings settings =
                AnimationSettings.of(AnimationFormat.GIF).look(Look.SMALLEST).budget(2_000);

        assertThatThrownBy(() -> write(clip, 0, 3, settings, "none.gif"))
                .isInstanceOf(RefusedMediaException.class)
                .hasMessageContaining("Choose a shorter range");
        assertThat(folder.resolve("none.gif")).doesNotExist();
    }

    @Test
    void saysWhereAVideoIsDamaged() throws Exception {
        Path file = Clips.clip().seconds(6).faststart().writeIn(folder, "damaged");
        long size = Files.size(file);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(size * 4 / 10);
            bytes.write(new byte[(int) (size * 3 / 10)]);
        }

        assertThatThrownBy(() -> write(probed(file), 1, 5.5, small(AnimationFormat.GIF), "damaged.gif"))
                .isInstanceOf(RefusedMediaException.class)
                .hasMessageMatching("The video is damaged between \\d\\.\\d s and \\d\\.\\d s\\.");
        assertThat(folder.resolve("damaged.gif")).doesNotExist();
    }

    @Test
    void saysWhereAVideoBreaksOff() throws Exception {
        Path whole = Clips.clip().seconds(6).faststart().writeIn(folder, "whole");
        MediaFile promised = probed(whole);
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> write(promised, 1, 5.5, small(AnimationFormat.GIF), "cut.gif"))
                .isInstanceOf(RefusedMediaException.class)
                .hasMessageMatching("The video is damaged: it breaks off at \\d\\.\\d s\\.");
    }

    @Test
    void refusesPicturesTooSmallToSee() throws Exception {
        MediaFile clip = probed(Clips.clip()
                .video(VideoCodec.VP9)
                .container(Container.WEBM)
                .audio(AudioCodec.NONE)
                .size(1, 1)
                .writeIn(folder, "dot"));

        assertThatThrownBy(() -> write(clip, 0, 1, small(AnimationFormat.GIF), "dot.gif"))
                .isInstanceOf(RefusedMediaException.class)
                .hasMessageContaining("1×1 pixels");
    }

    @Test
    void showsImagesForTheirTimes() throws Exception {
        List<Image> images = List.of(
                new Image(Images.png(folder.resolve("a.png"), 400, 300), 30),
                new Image(Images.orientedJpeg(folder.resolve("b.jpg"), 800, 400, 6, "x"), 75),
                new Image(Images.gif(folder.resolve("c.gif"), 60, 40), 250));

        Animation.ofImages(images, AnimationSettings.of(AnimationFormat.GIF), folder.resolve("set.gif"), calm());

        DecodedGif gif = DecodedGif.read(folder.resolve("set.gif"));
        assertThat(gif.delays()).containsExactly(30, 75, 250);
        assertThat(List.of(gif.width(), gif.height())).containsExactly(400, 300);
        // The second stands upright between black bars, the third is not enlarged.
        BufferedImage second = gif.pictures().get(1);
        assertThat(luma(second.getRGB(20, 150))).isLessThan(30);
        assertThat(luma(second.getRGB(200, 150))).isBetween(90, 160);
        assertThat(luma(gif.pictures().get(2).getRGB(100, 150))).isLessThan(30);
        assertThat(luma(gif.pictures().get(2).getRGB(200, 150))).isBetween(90, 160);
    }

    @Test
    void timesOfImagesReachOtherFormatsToo() throws Exception {
        List<Image> images = List.of(
                new Image(Images.png(folder.resolve("a.png"), 64, 48), 30),
                new Image(Images.png(folder.resolve("b.png"), 48, 64), 75),
                new Image(Images.png(folder.resolve("c.png"), 64, 48), 120));

        Animation.ofImages(images, AnimationSettings.of(AnimationFormat.MP4), folder.resolve("set.mp4"), calm());
        Animation.ofImages(images, AnimationSettings.of(AnimationFormat.WEBP), folder.resolve("set.webp"), calm());

        MediaInfo info = Probe.probe(folder.resolve("set.mp4"), ProbeLimits.standard());
        assertThat(info.duration().toMillis()).isEqualTo(2250);
        assertThat(AnimatedWebp.read(folder.resolve("set.webp")).durations()).containsExactly(300, 750, 1200);
    }

    @Test
    void keepsWhatIsTransparentWhereTheFormatCan() throws Exception {
        List<Image> images = List.of(
                new Image(Images.transparentPng(folder.resolve("a.png"), 200, 200), 50),
                new Image(Images.png(folder.resolve("b.png"), 200, 100), 50));

        Animation.ofImages(images, AnimationSettings.of(AnimationFormat.GIF), folder.resolve("set.gif"), calm());
        Animation.ofImages(images, AnimationSettings.of(AnimationFormat.MP4), folder.resolve("set.mp4"), calm());

        List<BufferedImage> pictures =
                DecodedGif.read(folder.resolve("set.gif")).pictures();
        assertThat(pictures.get(0).getRGB(100, 100) >>> 24).isZero();
        assertThat(pictures.get(0).getRGB(5, 5) >>> 24).isEqualTo(255);
        assertThat(pictures.get(1).getRGB(100, 20) >>> 24).as("bar").isZero();
        assertThat(pictures.get(1).getRGB(100, 100) >>> 24).isEqualTo(255);
        MediaFile film = probed(folder.resolve("set.mp4"));
        write(film, 0, 0.4, AnimationSettings.of(AnimationFormat.GIF), "film.gif");
        assertThat(luma(DecodedGif.read(folder.resolve("film.gif"))
                        .pictures()
                        .get(0)
                        .getRGB(100, 100)))
                .as("white where there is no transparency")
                .isGreaterThan(230);
    }

    @Test
    void namesTheImageThatIsWrong() throws Exception {
        Path good = Images.png(folder.resolve("a.png"), 64, 48);
        Path text = Files.writeString(folder.resolve("b.png"), "not an image");
        Path large = Images.pngOfClaimedSize(folder.resolve("c.png"), 40_000, 40_000);

        assertThatThrownBy(() -> images(good, text, good)).hasMessageStartingWith("Image 2 of 3: ");
        assertThatThrownBy(() -> images(good, good, large)).hasMessageStartingWith("Image 3 of 3: ");
        assertThat(folder.resolve("set.gif")).doesNotExist();
    }

    private void images(Path... files) throws Exception {
        List<Image> images = Stream.of(files).map(file -> new Image(file, 10)).toList();
        Animation.ofImages(images, AnimationSettings.of(AnimationFormat.GIF), folder.resolve("set.gif"), calm());
    }

    private MediaFile flashes() throws Exception {
        return probed(Clips.clip()
                .flashAndBeep()
                .seconds(3)
                .keyFrameEvery(40)
                .bFrames(2)
                .writeIn(folder, "flashes"));
    }

    /** What each picture should be: whether the frame that plays at its time is a flash. */
    private static List<Boolean> expected(int pictures, double start, double step) {
        return new ArrayList<>(IntStream.range(0, pictures)
                .mapToObj(i -> (int) Math.floor((start + i * step) * FPS + 1e-6) % FPS < FLASH_FRAMES)
                .toList());
    }

    private static List<Boolean> bright(DecodedGif gif) {
        return gif.pictures().stream()
                .map(picture -> luma(picture.getRGB(picture.getWidth() / 2, picture.getHeight() / 2)) > 128)
                .toList();
    }

    private static int brightest(BufferedImage picture, int top, int bottom) {
        int brightest = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                brightest = Math.max(brightest, luma(picture.getRGB(x, y)));
            }
        }
        return brightest;
    }

    private static int luma(int rgb) {
        return ((rgb >> 16 & 255) * 299 + (rgb >> 8 & 255) * 587 + (rgb & 255) * 114) / 1000;
    }

    private Written write(MediaFile clip, double start, double end, AnimationSettings settings, String name)
            throws Exception {
        return Animation.ofRange(clip, start, end, settings, folder.resolve(name), calm());
    }

    private static AnimationSettings small(AnimationFormat format) {
        return AnimationSettings.of(format).maxWidth(64);
    }

    private static Watch calm() {
        return new Watch(() -> false, fraction -> {});
    }

    private static MediaFile probed(Path file) throws Exception {
        return new MediaFile(file, Probe.probe(file, ProbeLimits.standard()));
    }

    /** What the container says, read without anybody's decoder. @param durations in milliseconds */
    private record AnimatedWebp(int loops, List<Integer> durations) {

        static AnimatedWebp read(Path file) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int loops = -1;
            List<Integer> durations = new ArrayList<>();
            for (int at = 12; at + 8 <= bytes.limit(); ) {
                String name = new String(bytes.array(), at, 4, StandardCharsets.US_ASCII);
                int length = bytes.getInt(at + 4);
                if (name.equals("ANIM")) {
                    loops = bytes.getShort(at + 12);
                } else if (name.equals("ANMF")) {
                    durations.add(bytes.getInt(at + 8 + 12) & 0xFFFFFF);
                }
                at += 8 + length + (length & 1);
            }
            return new AnimatedWebp(loops, durations);
        }

        int milliseconds() {
            return durations.stream().mapToInt(Integer::intValue).sum();
        }
    }
}
