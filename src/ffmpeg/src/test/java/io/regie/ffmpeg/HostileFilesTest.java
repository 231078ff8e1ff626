package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;

import io.regie.spi.MediaInfo;
import io.regie.testkit.AudioCodec;
import io.regie.testkit.Canary;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import io.regie.testkit.HostileFiles;
import io.regie.testkit.Images;
import io.regie.testkit.VideoCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The corpus that opens other files, calls servers or spends without end under libav's defaults. */
class HostileFilesTest {

    private static final ProbeLimits LIMITS = ProbeLimits.standard();
    private static final int SEEDS = Integer.getInteger("regie.seeds", 40);

    @TempDir
    Path folder;

    private Canary canary;

    @BeforeEach
    void watch() throws Exception {
        canary = new Canary(folder.resolve("victim.mp4"));
    }

    @AfterEach
    void stopWatching() throws Exception {
        canary.close();
    }

    @Test
    void refusesEachUnderEveryNameAndTouchesNothingElse() throws Exception {
        for (Map.Entry<String, byte[]> hostile :
                HostileFiles.texts(canary.file(), canary.port()).entrySet()) {
            for (String name : HostileFiles.NAMES) {
                Path file = Files.write(folder.resolve(name), hostile.getValue());

                assertThat(catchThrowable(() -> Probe.probe(file, LIMITS)))
                        .as("%s named %s", hostile.getKey(), name)
                        .isInstanceOf(RefusedMediaException.class);
                assertThat(catchThrowable(() -> MediaInput.open(file, OpenPolicy.media(), () -> false)))
                        .as("%s named %s, unprobed", hostile.getKey(), name)
                        .isInstanceOf(FFmpegException.class);
                Files.delete(file);
            }
        }
        assertThat(canary.touches()).isEmpty();
    }

    @Test
    void theCorpusIsHostileIndeed() throws Exception {
        FFmpeg.load();
        byte[] dash = HostileFiles.texts(canary.file(), canary.port()).get("DASH of a local file");
        Path file = Files.write(folder.resolve("a.mp4"), dash);

        AVFormatContext context = avformat_alloc_context();
        int opened = avformat_open_input(context, file.toString(), null, (AVDictionary) null);
        if (opened >= 0) {
            avformat_close_input(context);
        }

        assertThat(canary.touches()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%03d.jpg", "a*.jpg", "[0-9].jpg", "a%d.png", "-i", "concat:a|b", "file,a"})
    void takesNamesForNamesOnly(String name) throws Exception {
        Path file = Images.jpeg(folder.resolve(name), 64, 48);
        try (Canary neighbour = new Canary(folder.resolve("a001.jpg"))) {
            MediaInfo info = Probe.probe(file, LIMITS);

            assertThat(info.mediaType()).isEqualTo("image/jpeg");
            assertThat(neighbour.touches()).isEmpty();
        }
        assertThat(canary.touches()).isEmpty();
    }

    @Test
    void doesNotFollowReferencesInsideRealContainers() throws Exception {
        Path avi = HostileFiles.aviWithPlaylistSubtitle(folder, canary.file());
        Path mov = HostileFiles.movWithExternalMedia(folder, canary.file());

        assertThat(catchThrowable(() -> Probe.probe(avi, LIMITS))).isInstanceOf(RefusedMediaException.class);
        probeEither(mov);

        assertThat(canary.touches()).isEmpty();
    }

    @Test
    void leavesAttachedFilesWhereTheyAre() throws Exception {
        Path film = HostileFiles.matroskaWithAttachments(folder, canary.file());
        List<Path> before = everything();

        MediaInfo info = Probe.probe(film, LIMITS);
        keyFrames(film, info);

        assertThat(info.mediaType()).isEqualTo("video/x-matroska");
        assertThat(info.video().orElseThrow().width()).isEqualTo(320);
        Files.delete(folder.resolve("out.jpg"));
        assertThat(everything()).isEqualTo(before);
        assertThat(folder.resolve("../../victim.mp4")).doesNotExist();
        assertThat(canary.touches()).isEmpty();
    }

    @Test
    void findsAnIndexBehindFourGigabytes() throws Exception {
        Path film = HostileFiles.indexFarAway(folder);
        long start = System.nanoTime();

        MediaInfo info = Probe.probe(film, LIMITS);
        keyFrames(film, info);

        assertThat(Files.size(film)).isGreaterThan(4L << 30);
        assertThat(info.duration()).isBetween(Duration.ofMillis(1900), Duration.ofMillis(2200));
        // It was not read through: that takes far longer.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void refusesWhatIsBeyondTheLimits() throws Exception {
        assertThat(reason(HostileFiles.manyTracks(folder, 40))).isEqualTo("too-many-streams");
        assertThat(reason(HostileFiles.manyTracks(folder, 2000))).isEqualTo("too-many-streams");
        assertThat(reason(HostileFiles.endless(folder))).isEqualTo("too-long");
        assertThat(reason(HostileFiles.millionFramesPerSecond(folder))).isEqualTo("frame-rate-too-high");
        assertThat(reason(HostileFiles.claimingSize(folder, 65_535, 65_535))).isEqualTo("too-many-pixels");
        assertThat(reason(HostileFiles.encrypted(folder))).isEqualTo("encrypted");
    }

    @Test
    void survivesNonsenseInHeaders() throws Exception {
        probeEither(HostileFiles.withoutClock(folder));
        assertThat(Probe.probe(HostileFiles.crooked(folder), LIMITS)
                        .video()
                        .orElseThrow()
                        .rotation())
                .isIn(0, 90, 180, 270);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "mkv", "ts", "avi", "mp3", "flac", "ogg", "png", "jpg", "gif"})
    void survivesDamage(String kind) throws Exception {
        byte[] whole = Files.readAllBytes(sample(kind));
        Path file = folder.resolve("damaged");
        long start = System.nanoTime();
        for (int i = 1; i < 64; i++) {
            Files.write(file, Arrays.copyOf(whole, whole.length * i / 64));
            probeEither(file);
        }
        for (int seed = 0; seed < 100; seed++) {
            Files.write(file, HostileFiles.damaged(whole, seed, 1 + seed % 20));
            probeEither(file);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    /** A thousand of each, and every single byte of the head, with {@code -Dregie.seeds=1000}. */
    @ParameterizedTest
    @ValueSource(strings = {"mp4", "mkv", "ts", "avi", "mp3", "flac", "ogg", "png", "jpg", "gif"})
    void survivesNoise(String kind) throws Exception {
        byte[] whole = Files.readAllBytes(sample(kind));
        Path file = folder.resolve("noisy");
        for (int seed = 0; seed < SEEDS; seed++) {
            Files.write(file, HostileFiles.noisy(whole, seed));
            inTime(file, "seed " + seed);
        }
        int step = Math.max(1, 4096 / SEEDS);
        for (int at = 0; at < Math.min(4096, whole.length); at += step) {
            byte[] flipped = whole.clone();
            flipped[at] = (byte) ~flipped[at];
            Files.write(file, flipped);
            inTime(file, "byte " + at);
        }
    }

    private void inTime(Path file, String what) throws Exception {
        long start = System.nanoTime();
        probeEither(file);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(Duration.ofSeconds(20));
    }

    private List<Path> everything() throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.sorted().toList();
        }
    }

    private Path sample(String kind) throws Exception {
        return switch (kind) {
            case "mp4" -> Clips.clip().seconds(0.5).faststart().writeIn(folder, "a");
            case "mkv" ->
                Clips.clip()
                        .seconds(0.5)
                        .video(VideoCodec.VP9)
                        .container(Container.MKV)
                        .writeIn(folder, "a");
            case "ts" -> Clips.clip().seconds(0.5).container(Container.TS).writeIn(folder, "a");
            case "avi" ->
                Clips.clip()
                        .seconds(0.5)
                        .video(VideoCodec.MPEG4)
                        .audio(AudioCodec.MP3)
                        .container(Container.AVI)
                        .writeIn(folder, "a");
            case "mp3" -> Clips.audioOnly(folder, Container.MP3);
            case "flac" -> Clips.audioOnly(folder, Container.FLAC);
            case "ogg" -> Clips.audioOnly(folder, Container.OGG);
            case "png" -> Images.png(folder.resolve("a.png"), 200, 100);
            case "jpg" -> Images.orientedJpeg(folder.resolve("a.jpg"), 200, 100, 6, "A camera");
            default -> Images.gif(folder.resolve("a.gif"), 200, 100);
        };
    }

    /** Accepted or refused, but nothing else; and what is accepted can be shown without a crash. */
    private void probeEither(Path file) throws Exception {
        try {
            MediaInfo info = Probe.probe(file, LIMITS);
            switch (info.kind()) {
                case IMAGE -> Picture.write(file, folder.resolve("out.webp"), Picture.Format.WEBP, 64, 64);
                case VIDEO -> keyFrames(file, info);
                case AUDIO, DOCUMENT -> assertThat(info.duration()).isNotNull();
            }
        } catch (RefusedMediaException | FFmpegException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private void keyFrames(Path file, MediaInfo info) throws Exception {
        int video = info.video().orElseThrow().index();
        try (MediaInput input = MediaInput.open(file, OpenPolicy.media(), () -> false);
                PosterPicker picker = new PosterPicker()) {
            KeyFrames.decode(input, video, Duration.ZERO, picker::offer);
            picker.write(
                    folder.resolve("out.jpg"), DisplaySize.ofStored(info.video().orElseThrow()));
        }
    }

    private static String reason(Path file) {
        Throwable refused = catchThrowable(() -> Probe.probe(file, LIMITS));
        assertThat(refused).isInstanceOf(RefusedMediaException.class);
        return ((RefusedMediaException) refused).reason();
    }
}
