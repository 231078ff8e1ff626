package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.regie.spi.MediaInfo;
import io.regie.spi.Storyboard;
import io.regie.spi.Track;
import io.regie.testkit.AudioCodec;
import io.regie.testkit.Clip;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import io.regie.testkit.VideoCodec;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Posters, storyboards and covers, from real clips through the key-frame pass. */
class StillsTest {

    @TempDir
    Path folder;

    @Test
    void picksNoBlackFrame() throws Exception {
        Path clip = Clips.clip().seconds(4).blackFrames(60).keyFrameEvery(10).writeIn(folder, "black");

        BufferedImage poster = poster(clip);

        assertThat(poster.getWidth()).isEqualTo(320);
        assertThat(poster.getHeight()).isEqualTo(180);
        assertThat(brightness(poster, 10, 10)).isGreaterThan(100);
    }

    @Test
    void writesABlackPosterWhenThereIsNothingElse() throws Exception {
        Path clip = Clips.clip().blackFrames(50).writeIn(folder, "black");

        assertThat(brightness(poster(clip), 10, 10)).isLessThan(10);
    }

    @Test
    void prefersSharpFrames() throws Exception {
        try (PosterPicker picker = new PosterPicker();
                Canvas dull = striped(64, 40);
                Canvas sharp = striped(4, 40)) {
            picker.offer(dull.frame(), 10);
            picker.offer(sharp.frame(), 20);
            picker.offer(dull.frame(), 30);

            Path jpg = folder.resolve("poster.jpg");
            picker.write(jpg, new DisplaySize(200, 100, 0));
            BufferedImage poster = ImageIO.read(jpg.toFile());
            assertThat(Math.abs(brightness(poster, 101, 50) - brightness(poster, 105, 50)))
                    .isGreaterThan(20);
        }
    }

    @Test
    void turnsPosterAndStoryboardUpright() throws Exception {
        Path clip = Clips.rotated(folder, 90);

        BufferedImage poster = poster(clip);
        Path sheetFile = folder.resolve("sheet.jpg");
        Storyboard board = storyboard(clip, sheetFile).orElseThrow();

        assertThat(poster.getWidth()).isEqualTo(180);
        assertThat(poster.getHeight()).isEqualTo(320);
        // The bright left bar of the stored picture is on top.
        assertThat(brightness(poster, 150, 10)).isGreaterThan(150);
        assertThat(brightness(poster, 150, 310)).isLessThan(80);
        assertThat(board.tileWidth()).isEqualTo(108);
        assertThat(board.tileHeight()).isEqualTo(192);
        BufferedImage sheet = ImageIO.read(sheetFile.toFile());
        assertThat(brightness(sheet, 90, 6)).isGreaterThan(150);
        assertThat(brightness(sheet, 90, 186)).isLessThan(80);
    }

    @Test
    void doesNotTurnTwice() throws Exception {
        Track track = Probe.probe(Clips.rotated(folder, 90), ProbeLimits.standard())
                .video()
                .orElseThrow();
        try (PosterPicker picker = new PosterPicker();
                Canvas turned = Canvas.blank(180, 320)) {
            picker.offer(turned.frame(), 3);

            assertThat(picker.write(folder.resolve("a.jpg"), DisplaySize.ofUpright(track))
                            .orElseThrow())
                    .extracting(Picture.Written::width, Picture.Written::height)
                    .containsExactly(180, 320);
        }
    }

    @Test
    void appliesPixelAspect() throws Exception {
        BufferedImage poster = poster(Clips.anamorphic(folder));

        assertThat(poster.getWidth()).isEqualTo(1024);
        assertThat(poster.getHeight()).isEqualTo(576);
    }

    @Test
    void keepsPostersSmall() throws Exception {
        try (PosterPicker picker = new PosterPicker();
                Canvas large = Canvas.blank(2560, 1440)) {
            picker.offer(large.frame(), 3);

            assertThat(picker.write(folder.resolve("a.jpg"), new DisplaySize(2560, 1440, 0))
                            .orElseThrow())
                    .extracting(Picture.Written::width, Picture.Written::height)
                    .containsExactly(1280, 720);
            assertThat(picker.write(folder.resolve("b.jpg"), new DisplaySize(1440, 2560, 90))
                            .orElseThrow())
                    .extracting(Picture.Written::width, Picture.Written::height)
                    .containsExactly(720, 1280);
        }
    }

    @Test
    void keepsColours() throws Exception {
        BufferedImage poster = poster(Clips.clip().seconds(1).writeIn(folder, "bars"));

        int yellow = poster.getRGB(60, 20);
        assertThat(yellow & 0xFF).isLessThan(110);
        assertThat(yellow >> 16 & 0xFF).isGreaterThan(160);
        assertThat(yellow >> 8 & 0xFF).isGreaterThan(160);
    }

    @ParameterizedTest
    @EnumSource(names = {"H264", "HEVC", "VP9", "AV1", "MPEG2", "MJPEG"})
    void readsKeyFramesOfEachCodec(VideoCodec codec) throws Exception {
        Path clip =
                Clips.clip().video(codec).container(Container.MKV).bFrames(0).writeIn(folder, "clip");

        List<Double> times = keyFrames(clip, Duration.ofSeconds(1));

        assertThat(times).hasSize(2);
        assertThat(times.get(0)).isCloseTo(0, within(0.05));
        assertThat(times.get(1)).isCloseTo(1, within(0.05));
    }

    @Test
    void skipsKeyFramesInBetween() throws Exception {
        Path clip = Clips.clip()
                .fps(10)
                .size(64, 48)
                .seconds(30)
                .keyFrameEvery(5)
                .bFrames(2)
                .audio(AudioCodec.NONE)
                .writeIn(folder, "long");

        assertThat(keyFrames(clip, Duration.ofSeconds(5))).hasSize(6);
        assertThat(keyFrames(clip, Duration.ZERO)).hasSize(60);
    }

    @Test
    void laysOutTheStoryboard() throws Exception {
        Clip long12 = Clips.clip().fps(10).seconds(12).keyFrameEvery(10).audio(AudioCodec.NONE);
        Path sheetFile = folder.resolve("sheet.jpg");

        Storyboard board = storyboard(long12.writeIn(folder, "clip"), sheetFile).orElseThrow();

        assertThat(board.starts()).hasSize(12).isSorted().startsWith(Duration.ZERO, Duration.ofSeconds(1));
        assertThat(board.columns()).isEqualTo(10);
        BufferedImage sheet = ImageIO.read(sheetFile.toFile());
        assertThat(sheet.getWidth()).isEqualTo(1920);
        assertThat(sheet.getHeight()).isEqualTo(216);
    }

    @Test
    void thinsOutWhatIsLongerThanAnnounced() throws Exception {
        try (StoryboardSheet sheet = new StoryboardSheet(new DisplaySize(320, 180, 0), null);
                Canvas frame = Canvas.blank(320, 180)) {
            for (int second = 0; second < 3600; second++) {
                sheet.offer(frame.frame(), second);
            }

            Storyboard board = sheet.write(folder.resolve("sheet.jpg")).orElseThrow();

            assertThat(board.starts())
                    .hasSizeBetween(50, 100)
                    .doesNotHaveDuplicates()
                    .isSorted();
            List<Duration> starts = board.starts();
            Duration step = starts.get(1);
            for (int i = 1; i < starts.size(); i++) {
                assertThat(starts.get(i).minus(starts.get(i - 1))).isEqualTo(step);
            }
        }
    }

    @Test
    void writesNothingWithoutFrames() throws Exception {
        try (StoryboardSheet sheet = new StoryboardSheet(new DisplaySize(320, 180, 0), null);
                PosterPicker picker = new PosterPicker()) {
            assertThat(sheet.write(folder.resolve("sheet.jpg"))).isEmpty();
            assertThat(picker.write(folder.resolve("poster.jpg"), new DisplaySize(320, 180, 0)))
                    .isEmpty();
            assertThat(folder).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MP3", "FLAC", "M4A"})
    void extractsCovers(Container container) throws Exception {
        Path jpg = folder.resolve("cover.jpg");

        try (MediaInput input = MediaInput.open(Clips.audioOnly(folder, container), OpenPolicy.media(), () -> false)) {
            assertThat(Cover.write(input, jpg, 100).orElseThrow().width()).isEqualTo(100);
        }

        assertThat(ImageIO.read(jpg.toFile()).getHeight()).isEqualTo(100);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void findsNoCoverWhereThereIsNone() throws Exception {
        try (MediaInput input =
                MediaInput.open(Clips.audioOnly(folder, Container.WAV), OpenPolicy.media(), () -> false)) {
            assertThat(Cover.write(input, folder.resolve("cover.jpg"), 100)).isEmpty();
        }
    }

    private BufferedImage poster(Path clip) throws Exception {
        MediaInfo info = Probe.probe(clip, ProbeLimits.standard());
        Track track = info.video().orElseThrow();
        Path jpg = folder.resolve("poster.jpg");
        try (MediaInput input = MediaInput.open(clip, OpenPolicy.media(), () -> false);
                PosterPicker picker = new PosterPicker()) {
            KeyFrames.decode(input, track.index(), Duration.ZERO, picker::offer);
            picker.write(jpg, DisplaySize.ofStored(track));
        }
        return ImageIO.read(jpg.toFile());
    }

    private static Optional<Storyboard> storyboard(Path clip, Path jpg) throws Exception {
        MediaInfo info = Probe.probe(clip, ProbeLimits.standard());
        Track track = info.video().orElseThrow();
        try (MediaInput input = MediaInput.open(clip, OpenPolicy.media(), () -> false);
                StoryboardSheet sheet = new StoryboardSheet(DisplaySize.ofStored(track), info.duration())) {
            KeyFrames.decode(input, track.index(), Duration.ZERO, sheet::offer);
            return sheet.write(jpg);
        }
    }

    private static List<Double> keyFrames(Path clip, Duration interval) throws Exception {
        List<Double> times = new ArrayList<>();
        try (MediaInput input = MediaInput.open(clip, OpenPolicy.media(), () -> false)) {
            KeyFrames.decode(input, 0, interval, (frame, seconds) -> times.add(seconds));
        }
        return times;
    }

    /** Stripes of the given width, differing by a contrast around grey. */
    private static Canvas striped(int width, int contrast) throws FFmpegException {
        Canvas canvas = Canvas.blank(200, 100);
        for (int y = 0; y < 100; y++) {
            for (int x = 0; x < 200; x++) {
                int value = 118 + (x / width % 2 == 0 ? contrast : -contrast);
                canvas.pixels().put(y * canvas.stride() + x, 0xFF000000 | value << 16 | value << 8 | value);
            }
        }
        return canvas;
    }

    private static int brightness(BufferedImage image, int x, int y) {
        int rgb = image.getRGB(x, y);
        return ((rgb >> 16 & 0xFF) + (rgb >> 8 & 0xFF) + (rgb & 0xFF)) / 3;
    }
}
