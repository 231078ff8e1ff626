package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.regie.spi.Chapter;
import io.regie.spi.MediaInfo;
import io.regie.spi.MediaKind;
import io.regie.spi.Track;
import io.regie.testkit.AudioCodec;
import io.regie.testkit.Clip;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import io.regie.testkit.Images;
import io.regie.testkit.VideoCodec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProbeTest {

    private static final ProbeLimits LIMITS = ProbeLimits.standard();

    @TempDir
    Path folder;

    @Test
    void tellsTheFactsOfAVideo() throws Exception {
        Path file = Clips.clip()
                .title("A test pattern")
                .artist("A generator")
                .language("fra")
                .writeIn(folder, "clip");

        MediaInfo info = Probe.probe(file, LIMITS);

        assertThat(info.kind()).isEqualTo(MediaKind.VIDEO);
        assertThat(info.format()).isEqualTo("mp4");
        assertThat(info.mediaType()).isEqualTo("video/mp4");
        assertThat(info.bytes()).isEqualTo(Files.size(file));
        assertThat(seconds(info)).isCloseTo(2, within(0.05));
        assertThat(info.bitrate()).isCloseTo(info.bytes() * 4, within(info.bytes() / 10));
        assertThat(info.tags()).containsOnly(Map.entry("title", "A test pattern"), Map.entry("artist", "A generator"));
        Track video = info.video().orElseThrow();
        assertThat(video.codec()).isEqualTo("h264");
        assertThat(video.profile()).isEqualTo("Constrained Baseline");
        assertThat(video.width()).isEqualTo(320);
        assertThat(video.height()).isEqualTo(180);
        assertThat(video.frameRate()).isEqualTo(25);
        assertThat(video.pixelFormat()).isEqualTo("yuv420p");
        assertThat(video.interlaced()).isFalse();
        Track audio = info.audio().orElseThrow();
        assertThat(audio.codec()).isEqualTo("aac");
        assertThat(audio.channels()).isEqualTo(2);
        assertThat(audio.sampleRate()).isEqualTo(48_000);
        assertThat(audio.language()).isEqualTo("fra");
    }

    @Test
    void tellsWhereChaptersBegin() throws Exception {
        Path file = Clips.standard(folder);
        chapters(file, 10_000_000, "Two \u202e\n", 0, "", 10_000_000, "Twice", 900_000_000L, "After the end");

        assertThat(Probe.probe(file, LIMITS).chapters())
                .containsExactly(new Chapter(Duration.ZERO, ""), new Chapter(Duration.ofSeconds(1), "Two"));
    }

    /** Adds a list as Nero writes it to a film whose index stands at its end. */
    private static void chapters(Path file, Object... startsAndTitles) throws IOException {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        DataOutputStream box = new DataOutputStream(list);
        box.writeInt(1 << 24);
        box.writeInt(0);
        box.writeByte(startsAndTitles.length / 2);
        for (int i = 0; i < startsAndTitles.length; i += 2) {
            byte[] title = ((String) startsAndTitles[i + 1]).getBytes(StandardCharsets.UTF_8);
            box.writeLong(((Number) startsAndTitles[i]).longValue());
            box.writeByte(title.length);
            box.write(title);
        }
        byte[] film = Files.readAllBytes(file);
        ByteBuffer whole = ByteBuffer.allocate(film.length + 16 + list.size());
        whole.put(film)
                .putInt(16 + list.size())
                .put("udta".getBytes(StandardCharsets.US_ASCII))
                .putInt(8 + list.size())
                .put("chpl".getBytes(StandardCharsets.US_ASCII))
                .put(list.toByteArray());
        int at = 0;
        while (whole.getInt(at + 4) != 0x6d6f6f76) {
            at += whole.getInt(at);
        }
        assertThat(at + whole.getInt(at)).as("the index is last").isEqualTo(film.length);
        whole.putInt(at, whole.getInt(at) + 16 + list.size());
        Files.write(file, whole.array());
    }

    @ParameterizedTest
    @CsvSource({
        "MP4,  H264, AAC,  mp4,      video/mp4",
        "MOV,  H264, PCM,  mp4,      video/quicktime",
        "MKV,  HEVC, FLAC, matroska, video/x-matroska",
        "WEBM, VP9,  OPUS, matroska, video/webm",
        "TS,   H264, AAC,  mpegts,   video/mp2t",
        "AVI,  MPEG4, MP3, avi,      video/x-msvideo",
        "M4A,  NONE, AAC,  mp4,      audio/mp4",
        "MP3,  NONE, MP3,  mp3,      audio/mpeg",
        "FLAC, NONE, FLAC, flac,     audio/flac",
        "WAV,  NONE, PCM,  wav,      audio/wav",
        "OGG,  NONE, OPUS, ogg,      audio/ogg",
        "ADTS, NONE, AAC,  aac,      audio/aac",
        "MKV,  NONE, OPUS, matroska, audio/x-matroska"
    })
    void decidesTheTypeByContent(Container container, VideoCodec video, AudioCodec audio, String format, String type)
            throws Exception {
        Path file = Clips.clip().container(container).video(video).audio(audio).write(folder.resolve("a.txt"));

        MediaInfo info = Probe.probe(file, LIMITS);

        assertThat(info.format()).isEqualTo(format);
        assertThat(info.mediaType()).isEqualTo(type);
        assertThat(info.kind()).isEqualTo(video == VideoCodec.NONE ? MediaKind.AUDIO : MediaKind.VIDEO);
        assertThat(seconds(info)).isCloseTo(2, within(0.1));
    }

    @ParameterizedTest
    @EnumSource(names = {"MP3", "FLAC", "M4A"})
    void countsAudioWithACoverAsAudio(Container container) throws Exception {
        MediaInfo info = Probe.probe(Clips.audioOnly(folder, container), LIMITS);

        assertThat(info.kind()).isEqualTo(MediaKind.AUDIO);
        assertThat(info.video()).isEmpty();
        assertThat(info.cover().orElseThrow().width()).isEqualTo(200);
        assertThat(info.tags()).containsEntry("title", "A tone");
    }

    @ParameterizedTest
    @CsvSource({"90, 180, 320", "180, 320, 180", "270, 180, 320"})
    void appliesRotationToTheDisplaySize(int degrees, int width, int height) throws Exception {
        Track video =
                Probe.probe(Clips.rotated(folder, degrees), LIMITS).video().orElseThrow();

        assertThat(video.rotation()).isEqualTo(degrees);
        assertThat(video.width()).isEqualTo(320);
        assertThat(video.displayWidth()).isEqualTo(width);
        assertThat(video.displayHeight()).isEqualTo(height);
    }

    @Test
    void appliesPixelAspectToTheDisplaySize() throws Exception {
        Track video = Probe.probe(Clips.anamorphic(folder), LIMITS).video().orElseThrow();

        assertThat(video.displayWidth()).isEqualTo(1024);
        assertThat(video.displayHeight()).isEqualTo(576);
    }

    @Test
    void tellsInterlacedTenBitAndOddSizes() throws Exception {
        assertThat(Probe.probe(Clips.interlaced(folder), LIMITS)
                        .video()
                        .orElseThrow()
                        .interlaced())
                .isTrue();
        assertThat(Probe.probe(Clips.tenBit(folder), LIMITS)
                        .video()
                        .orElseThrow()
                        .pixelFormat())
                .isEqualTo("yuv420p10le");
        assertThat(Probe.probe(Clips.oddSizes(folder), LIMITS)
                        .video()
                        .orElseThrow()
                        .width())
                .isEqualTo(323);
    }

    @Test
    void acceptsWhatWasCutShortButHasItsIndex() throws Exception {
        assertThat(Probe.probe(Clips.truncated(folder), LIMITS).kind()).isEqualTo(MediaKind.VIDEO);
    }

    @Test
    void readsPicturesUpright() throws Exception {
        Path file = Images.orientedJpeg(folder.resolve("a.jpg"), 400, 300, 6, "A camera");

        MediaInfo info = Probe.probe(file, LIMITS);

        assertThat(info.kind()).isEqualTo(MediaKind.IMAGE);
        assertThat(info.mediaType()).isEqualTo("image/jpeg");
        assertThat(info.duration()).isNull();
        Track picture = info.video().orElseThrow();
        assertThat(picture.rotation()).isEqualTo(90);
        assertThat(picture.displayWidth()).isEqualTo(300);
        assertThat(picture.displayHeight()).isEqualTo(400);
    }

    @Test
    void findsTheDurationThatTheHeaderDoesNotTell() throws Exception {
        // As browsers record: Matroska written to a place that cannot be sought.
        Path file = Clips.clip()
                .container(Container.WEBM)
                .video(VideoCodec.VP8)
                .audio(AudioCodec.OPUS)
                .live()
                .writeIn(folder, "recorded");

        assertThat(seconds(Probe.probe(file, LIMITS))).isCloseTo(2, within(0.1));
    }

    @Test
    void boundsAndCleansTags() throws Exception {
        Path file = Clips.clip()
                .title("Line\none\u0000\u202Etwo\u0007 " + "x".repeat(5000))
                .writeIn(folder, "clip");

        String title = Probe.probe(file, LIMITS).tags().get("title");

        assertThat(title)
                .startsWith("Line one")
                .doesNotContain("\u202E", "\u0007")
                .hasSizeLessThanOrEqualTo(2000);
    }

    @Test
    void refusesWhatCannotBePlayed() throws Exception {
        assertRefused(Clips.zeroBytes(folder), "unreadable");
        assertRefused(Clips.withoutIndex(folder), "unreadable");
        assertRefused(Clips.notAVideo(folder), "type-not-allowed");
        assertRefused(folder, "unreadable");
        assertRefused(folder.resolve("missing"), "unreadable");
    }

    @Test
    void refusesCodecsThatAreNotOnTheList() throws Exception {
        assertRefused(
                Clips.clip().video(VideoCodec.MAGICYUV).container(Container.MKV).writeIn(folder, "magic"),
                "codec-not-allowed");
    }

    @Test
    void keepsToEachLimit() throws Exception {
        Clip clip = Clips.clip().fps(30);
        Path file = clip.writeIn(folder, "clip");
        long bytes = Files.size(file);

        assertAccepted(file, new ProbeLimits(bytes, 320 * 180, 2, 2, 30));
        assertRefused(file, new ProbeLimits(bytes - 1, 320 * 180, 2, 2, 30), "too-large");
        assertRefused(file, new ProbeLimits(bytes, 320 * 180 - 1, 2, 2, 30), "too-many-pixels");
        assertRefused(file, new ProbeLimits(bytes, 320 * 180, 1, 2, 30), "too-many-streams");
        assertRefused(file, new ProbeLimits(bytes, 320 * 180, 2, 1, 30), "too-long");
        assertRefused(file, new ProbeLimits(bytes, 320 * 180, 2, 2, 29), "frame-rate-too-high");
    }

    @Test
    void givesUpWhenToldTo() throws Exception {
        Path file = Clips.standard(folder);

        CancellationException cancelled =
                catchThrowableOfType(CancellationException.class, () -> Probe.probe(file, LIMITS, () -> true));

        assertThat(cancelled).isNotNull();
    }

    private static void assertAccepted(Path file, ProbeLimits limits) throws RefusedMediaException {
        assertThat(Probe.probe(file, limits).tracks()).isNotEmpty();
    }

    private static void assertRefused(Path file, String reason) {
        assertRefused(file, LIMITS, reason);
    }

    private static void assertRefused(Path file, ProbeLimits limits, String reason) {
        RefusedMediaException refused =
                catchThrowableOfType(RefusedMediaException.class, () -> Probe.probe(file, limits));
        assertThat(refused).isNotNull();
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.getMessage()).endsWith(".").doesNotContain(file.toString());
    }

    private static double seconds(MediaInfo info) throws IOException {
        if (info.duration() == null) {
            throw new IOException("No duration");
        }
        return info.duration().toNanos() / 1e9;
    }
}
