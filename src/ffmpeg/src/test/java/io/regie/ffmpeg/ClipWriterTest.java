package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;

import io.regie.spi.MediaFile;
import io.regie.spi.MediaInfo;
import io.regie.spi.Track;
import io.regie.testkit.AudioCodec;
import io.regie.testkit.Clip;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import io.regie.testkit.VideoCodec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether a clip is the piece that was asked for, picture and sound. */
class ClipWriterTest {

    private static final double SAMPLE = 1 / 48_000.0;
    private static final double FRAME = 1 / 25.0;
    /** In the middle of a picture and in the middle of a packet of sound. */
    private static final double FROM = 2.3;

    private static final double TO = 5.7;
    private static final double LENGTH = 6.5;
    /** Sources are written once: half of all tests cut the same ones in another way. */
    @TempDir
    static Path sources;

    @TempDir
    Path folder;

    enum Way {
        EXACT,
        FAST;

        ClipWriter.Clip write(MediaFile original, double from, double to, Path out, BooleanSupplier cancelled)
                throws Exception {
            return this == EXACT
                    ? ClipWriter.exact(original, from, to, out, done -> {}, cancelled)
                    : ClipWriter.fast(original, from, to, out, done -> {}, cancelled);
        }
    }

    private static Clip source() {
        return Clips.clip().flashAndBeep().seconds(LENGTH);
    }

    static Stream<Arguments> sources() {
        List<Arguments> all = new ArrayList<>();
        for (Way way : Way.values()) {
            all.add(Arguments.of(way, "plain", source(), 1e-6));
            all.add(Arguments.of(way, "bframes", source().bFrames(2).keyFrameEvery(100), 1e-6));
            all.add(Arguments.of(way, "open-groups", source().bFrames(3).openGroups(), 1e-6));
            all.add(Arguments.of(way, "late-sound", source().bFrames(2).audioOffset(0.479), 1e-6));
            all.add(Arguments.of(
                    way, "transport", source().bFrames(2).keyFrameEvery(60).container(Container.TS), 1e-6));
            // It keeps times in thousandths: which of them a packet of sound gets is off by up to half of one.
            all.add(Arguments.of(
                    way, "matroska", source().bFrames(2).keyFrameEvery(60).container(Container.MKV), 0.0005));
            all.add(Arguments.of(way, "cd", source().sampleRate(44_100).bFrames(2), 1e-6));
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("sources")
    void keepsPictureAndSoundTogetherToTheSample(Way way, String name, Clip clip, double tolerance) throws Exception {
        MediaFile original = original(name, clip);
        Path out = folder.resolve("out.mp4");

        ClipWriter.Clip made = way.write(original, FROM, TO, out, () -> false);

        double truth = FlashAndBeep.offset(original.path(), 0, LENGTH);
        assertThat(FlashAndBeep.offset(out, 0, 10)).isCloseTo(truth, within(tolerance + SAMPLE / 2));
        MediaInfo info = probe(out);
        assertThat(seconds(info)).isCloseTo(made.seconds(), within(0.001));
        double early = made.seconds() - (TO - FROM);
        assertThat(early).isBetween(-0.001, way == Way.EXACT ? 0.001 : FRAME);
        double zero = begins(original) + TO - made.seconds();
        List<Double> expected = FlashAndBeep.flashes(original.path()).stream()
                .map(flash -> flash - zero)
                .filter(flash -> flash > 0 && flash < made.seconds())
                .toList();
        assertThat(expected).hasSizeGreaterThan(2);
        assertThat(FlashAndBeep.flashes(out))
                .usingElementComparator((one, other) -> Math.abs(one - other) < 0.001 ? 0 : 1)
                .containsExactlyElementsOf(expected);
    }

    /** Time zero of an article in its file. */
    private static double begins(MediaFile original) throws Exception {
        try (Source source = Source.open(original, () -> false)) {
            return source.origin(TimeBase.MICROSECONDS) / 1e6;
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void hasAllOfWhatIsShortAndNothingElse(Way way) throws Exception {
        MediaFile original = original("plain", source());
        Path out = folder.resolve("out.mp4");

        way.write(original, 0, LENGTH, out, () -> false);

        assertThat(seconds(probe(out))).isCloseTo(LENGTH, within(0.03));
        assertThat(FlashAndBeep.flashes(out)).hasSameSizeAs(FlashAndBeep.flashes(original.path()));
    }

    @Test
    void showsEachPictureForAsLongAsTheOriginalDoes() throws Exception {
        MediaFile original =
                original(Clips.clip().variableFrameRate().seconds(4).bFrames(2).writeIn(folder, "uneven"));
        Path out = folder.resolve("out.mp4");
        List<Double> before = times(original.path());

        ClipWriter.exact(original, 1.01, 3.01, out, done -> {}, () -> false);

        double standing = before.stream()
                .filter(time -> time <= 1.01)
                .reduce((one, next) -> next)
                .orElseThrow();
        List<Double> expected = before.stream()
                .filter(time -> time >= standing && time < 3.01)
                .map(time -> Math.max(0, time - 1.01))
                .toList();
        assertThat(times(out))
                .usingElementComparator((one, other) -> Math.abs(one - other) < 0.001 ? 0 : 1)
                .containsExactlyElementsOf(expected);
        assertThat(seconds(probe(out))).isCloseTo(2, within(0.001));
    }

    @Test
    void keepsTheRateOfInterlacedVideo() throws Exception {
        MediaFile original = original(Clips.interlaced(folder));
        Path out = folder.resolve("out.mp4");

        ClipWriter.exact(original, 0.4, 1.4, out, done -> {}, () -> false);

        assertThat(times(out)).hasSize(25);
        assertThat(seconds(probe(out))).isCloseTo(1, within(0.001));
    }

    @ParameterizedTest
    @CsvSource({"90, 180, 320", "180, 320, 180", "270, 180, 320"})
    void showsWhatWasTurnedUpright(int degrees, int width, int height) throws Exception {
        MediaFile original = original(Clips.rotated(folder, degrees));
        for (Way way : Way.values()) {
            Path out = folder.resolve(way + ".mp4");
            way.write(original, 0.5, 1.5, out, () -> false);
            Track video = probe(out).video().orElseThrow();
            assertThat(video.displayWidth()).isEqualTo(width);
            assertThat(video.displayHeight()).isEqualTo(height);
            assertThat(video.rotation()).isEqualTo(way == Way.EXACT ? 0 : degrees);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void keepsTheShapeOfPixels(Way way) throws Exception {
        MediaFile original = original(Clips.anamorphic(folder));
        Path out = folder.resolve("out.mp4");

        way.write(original, 0.5, 1.5, out, () -> false);

        Track video = probe(out).video().orElseThrow();
        assertThat(video.width()).isEqualTo(720);
        assertThat(video.displayWidth()).isEqualTo(1024);
        assertThat(video.displayHeight()).isEqualTo(576);
    }

    @Test
    void makesOddSizesEven() throws Exception {
        MediaFile original = original(Clips.oddSizes(folder));
        Track before = original.info().video().orElseThrow();
        Path out = folder.resolve("out.mp4");

        ClipWriter.exact(original, 0.5, 1.5, out, done -> {}, () -> false);

        Track after = probe(out).video().orElseThrow();
        assertThat(after.width()).isEqualTo(before.width() - before.width() % 2);
        assertThat(after.height()).isEqualTo(before.height() - before.height() % 2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Container.class,
            names = {"M4A", "MP3", "FLAC", "WAV", "OGG"})
    void cutsSoundAlone(Container container) throws Exception {
        MediaFile original = original(Clips.audioOnly(folder, container));
        for (Way way : Way.values()) {
            Path out = folder.resolve(way + ".m4a");
            ClipWriter.Clip made = way.write(original, 0.5, 1.25, out, () -> false);
            MediaInfo info = probe(out);
            assertThat(info.video()).isEmpty();
            assertThat(made.seconds()).isCloseTo(0.75, within(0.0001));
            assertThat(seconds(info)).isCloseTo(0.75, within(0.001));
            // FFmpeg decodes the last packet whole; what the file shows ends before.
            long wanted = Math.round(0.75 * rate(info));
            assertThat(sound(out)).isBetween(wanted - 1, wanted + 1152);
        }
    }

    @Test
    void saysWhatIsHiddenInCopy() throws Exception {
        MediaFile original = original("bframes", source().bFrames(2).keyFrameEvery(100));
        Path out = folder.resolve("out.mp4");

        ClipWriter.Clip made = ClipWriter.fast(original, 3, 5, out, done -> {}, () -> false);

        assertThat(made.hiddenSeconds()).isCloseTo(3, within(0.001));
        assertThat(probe(out).tags().get("comment")).contains("3.000 s before the beginning are in this file, hidden");
        assertThat(times(out)).hasSize(50);
        ClipWriter.Clip whole = ClipWriter.fast(original, 4, 5, out, done -> {}, () -> false);
        assertThat(whole.hiddenSeconds()).isZero();
        assertThat(probe(out).tags()).doesNotContainKey("comment");
    }

    @Test
    void refusesToCopyWhatAnMp4CannotHold() throws Exception {
        MediaFile original = original(
                Clips.clip().video(VideoCodec.MPEG2).container(Container.TS).writeIn(folder, "old"));
        Path out = folder.resolve("out.mp4");

        assertThatThrownBy(() -> ClipWriter.fast(original, 0.5, 1, out, done -> {}, () -> false))
                .isInstanceOf(RefusedMediaException.class)
                .hasMessageContaining("choose the exact way");
        assertThat(out).doesNotExist();
        ClipWriter.exact(original, 0.5, 1, out, done -> {}, () -> false);
        assertThat(seconds(probe(out))).isCloseTo(0.5, within(0.001));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void encodesSoundThatAnMp4CannotHold(Way way) throws Exception {
        MediaFile original = original("pcm", source().audio(AudioCodec.PCM).container(Container.MOV));
        Path out = folder.resolve("out.mp4");

        way.write(original, FROM, TO, out, () -> false);

        assertThat(probe(out).audio().orElseThrow().codec()).isEqualTo("aac");
        assertThat(FlashAndBeep.offset(out, 0, 10))
                .isCloseTo(FlashAndBeep.offset(original.path(), 0, LENGTH), within(SAMPLE));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void livesThroughDamageInTheMiddle(Way way) throws Exception {
        Path file = source().bFrames(2).keyFrameEvery(50).faststart().writeIn(folder, "damaged");
        MediaFile original = original(file);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() / 2);
            bytes.write(new byte[(int) (bytes.length() / 10)]);
        }
        Path out = folder.resolve("out.mp4");

        way.write(original, 1, 6, out, () -> false);

        assertThat(seconds(probe(out))).isCloseTo(5, within(0.05));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void leavesNothingOfWhatCannotBeRead(Way way) throws Exception {
        Path file = source().faststart().writeIn(folder, "emptied");
        MediaFile original = original(file);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(bytes.length() / 4);
        }
        Path out = folder.resolve("out.mp4");

        assertThatThrownBy(() -> way.write(original, 5, 6, out, () -> false)).isInstanceOf(FFmpegException.class);
        assertThat(out).doesNotExist();
        assertThat(open(folder)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void leavesNothingWhenCancelledAtAnyMoment(Way way) throws Exception {
        MediaFile original = original("plain", source());
        Path out = folder.resolve("out.mp4");
        Countdown all = new Countdown(Integer.MAX_VALUE);
        way.write(original, 1, 3, out, all);
        Files.delete(out);
        int moments = Integer.getInteger("regie.clip.cancels", 8);
        Random random = new Random(7);
        for (int i = 0; i < moments; i++) {
            int left = 1 + random.nextInt(all.asked);
            assertThatThrownBy(() -> way.write(original, 1, 3, out, new Countdown(left)))
                    .as("cancelled at question %d of %d", left, all.asked)
                    .isInstanceOf(CancellationException.class);
            assertThat(out).doesNotExist();
            assertThat(open(folder)).isEmpty();
        }
    }

    /** Cancels when the thread that works has asked so often; others ask when they please. */
    private static final class Countdown implements BooleanSupplier {
        private final Thread working = Thread.currentThread();
        private final int left;
        private int asked;
        private volatile boolean cancelled;

        Countdown(int left) {
            this.left = left;
        }

        @Override
        public boolean getAsBoolean() {
            if (Thread.currentThread() == working && ++asked >= left) {
                cancelled = true;
            }
            return cancelled;
        }
    }

    private static MediaFile original(String name, Clip clip) throws Exception {
        Path file = sources.resolve(name);
        return original(Files.exists(file) ? file : clip.write(file));
    }

    private static MediaFile original(Path file) throws Exception {
        return new MediaFile(file, probe(file));
    }

    private static MediaInfo probe(Path file) throws Exception {
        return Probe.probe(file, ProbeLimits.standard());
    }

    private static double seconds(MediaInfo info) {
        Duration duration = info.duration();
        return duration == null ? 0 : duration.toNanos() / 1e9;
    }

    /** When the pictures of a file are shown, without those that it hides. */
    private static List<Double> times(Path file) throws Exception {
        List<Double> times = new ArrayList<>();
        decoded(file, true, (frame, seconds) -> times.add(seconds));
        return times.stream().sorted().toList();
    }

    /** How many samples are heard. */
    private static long sound(Path file) throws Exception {
        long[] samples = {0};
        decoded(file, false, (frame, seconds) -> samples[0] += frame.nb_samples());
        return samples[0];
    }

    private static int rate(MediaInfo info) {
        return info.audio().orElseThrow().sampleRate();
    }

    @FunctionalInterface
    private interface Seen {
        void see(AVFrame frame, double seconds);
    }

    private static void decoded(Path file, boolean video, Seen seen) throws Exception {
        MediaInfo info = probe(file);
        int index = (video ? info.video() : info.audio()).orElseThrow().index();
        AVPacket packet = av_packet_alloc();
        try (MediaInput input = MediaInput.open(file, OpenPolicy.media(), () -> false);
                Decoder decoder = Decoder.open(input.stream(index), input.policy(), 1)) {
            TimeBase timeBase = TimeBase.of(input.stream(index).time_base());
            Decoder.FrameConsumer consumer = frame -> seen.see(frame, timeBase.seconds(frame.best_effort_timestamp()));
            while (input.read(packet)) {
                if (packet.stream_index() == index) {
                    decoder.decode(packet, consumer);
                }
                av_packet_unref(packet);
            }
            decoder.decode(null, consumer);
        } finally {
            av_packet_free(packet);
        }
    }

    /** Files below a folder that this process has open. */
    private static List<Path> open(Path folder) throws IOException {
        Path root = folder.toRealPath();
        List<Path> open = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : all.toList()) {
                try {
                    Path target = Files.readSymbolicLink(descriptor);
                    if (target.startsWith(root)) {
                        open.add(target);
                    }
                } catch (IOException closedMeanwhile) {
                    // The listing itself is one of them.
                }
            }
        }
        return open;
    }
}
