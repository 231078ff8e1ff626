package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;

import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import io.regie.testkit.ElementaryTrack;
import io.regie.testkit.HttpPeer;
import io.regie.testkit.RtspPeer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people see who watch a recording while it runs, in one attempt after the other. */
@Timeout(180)
class WatchedCopyTest {

    private static final Duration PART = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    /** What one attempt announces. */
    private static final class Announced implements RenditionListener {
        private final List<Segment> segments = new CopyOnWriteArrayList<>();
        private Rendition nominal;

        @Override
        public void started(Rendition begun) {
            nominal = begun;
        }

        @Override
        public void segment(Segment segment) {
            segments.add(segment);
        }

        @Override
        public void finished(Rendition whole) {}
    }

    @Test
    void goesOnFromItsBeginningAfterAKill() throws Exception {
        List<ElementaryTrack> tracks = ElementaryTrack.read(
                Clips.clip().bFrames(2).keyFrameEvery(12).seconds(8).writeIn(folder, "clip"));
        CaptureRun run = new CaptureRun(folder);
        Path pictures = folder.resolve("watch-video.mp4");
        Path sounds = folder.resolve("watch-audio.mp4");
        Announced before = new Announced();
        Announced after = new Announced();
        Announced soundBefore = new Announced();
        Announced soundAfter = new Announced();
        try (RtspPeer peer =
                RtspPeer.of(connection -> new RtspPeer.Play(tracks).loop(8, 0, connection == 0 ? 21 : 16))) {
            LiveAddress address = CaptureRun.address(peer.uri());
            try (WatchedCopy watched = new WatchedCopy(pictures, before, sounds, soundBefore)) {
                run.record(address, PART, watched);
            }
            // Killed: half a segment more in the file than anybody was told of.
            Files.write(pictures, new byte[12345], StandardOpenOption.APPEND);
            try (WatchedCopy watched = new WatchedCopy(pictures, after, sounds, soundAfter)) {
                watched.resume(run.parts, () -> false);
                assertThat(after.segments).as("before the source has answered").startsWith(array(before.segments));
                run.record(address, PART, watched);
            }
        }
        for (Announced heard : List.of(after, soundAfter)) {
            requireUnbroken(heard.segments, run.parts.get(run.parts.size() - 1).endMicros() / 1e6);
        }
        // Where the second connection begins, the sound of the first went on a little longer than its picture.
        int told = (int) (end(after.segments) * 25);
        assertThat(decoded(pictures, after)).isBetween(told - 8, told + 2);
        assertThat(soundAfter.nominal.codecs()).isEqualTo(soundBefore.nominal.codecs());
        assertThat(after.nominal.initialization()).isEqualTo(before.nominal.initialization());
    }

    /** Sources that send lengths instead of start codes, and parts that do. */
    @Test
    void goesOnWithFilesOfAnyContainer() throws Exception {
        byte[] bytes = Files.readAllBytes(Clips.clip()
                .container(Container.MKV)
                .keyFrameEvery(12)
                .seconds(12)
                .writeIn(folder, "clip"));
        CaptureRun run = new CaptureRun(folder);
        run.format = RecordingFormat.MKV;
        Path pictures = folder.resolve("watch-video.mp4");
        Announced before = new Announced();
        Announced after = new Announced();
        try (HttpPeer peer = HttpPeer.at("127.0.0.1").on("/live.mkv", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        })) {
            LiveAddress address = CaptureRun.address(peer.uri("/live.mkv"));
            try (WatchedCopy watched = new WatchedCopy(pictures, before, folder.resolve("a.mp4"), new Announced())) {
                run.record(address, PART, watched);
            }
            try (WatchedCopy watched = new WatchedCopy(pictures, after, folder.resolve("a.mp4"), new Announced())) {
                watched.resume(run.parts, () -> false);
                run.record(address, PART, watched);
            }
        }
        requireUnbroken(after.segments, run.parts.get(run.parts.size() - 1).endMicros() / 1e6);
        double end = end(after.segments);
        assertThat(decoded(pictures, after)).isBetween((int) (end * 25) - 2, (int) (end * 25) + 2);
    }

    /** Recorder, files and notes may be lost at any moment; what is announced then begins anew or later, but is right. */
    @Test
    void doesNotRelyOnNotesThatDoNotFitTheFile() throws Exception {
        Path file = Files.write(folder.resolve("watch.mp4"), new byte[3000]);
        Path notes = folder.resolve("watch.mp4.segments");
        String good = "1 90000 0 800\n0 2000000000 800 1000\n2000000000 2000000000 1800 1000\n";
        for (String text :
                List.of("", "nonsense\n", "1 90000", "1 90000 0 800\n", "1 90000 0 800\n0 2000000000 800 9999\n")) {
            Files.writeString(notes, text);
            assertThat(GrownFile.read(notes, file, Duration.ofHours(1)))
                    .as(text)
                    .isEmpty();
        }
        Files.writeString(notes, good + "4000000000 20");
        assertThat(GrownFile.read(notes, file, Duration.ofHours(1))
                        .orElseThrow()
                        .segments())
                .hasSize(2);
        assertThat(GrownFile.read(notes, file, Duration.ofMillis(3900))
                        .orElseThrow()
                        .end())
                .isEqualTo(2);
        assertThat(GrownFile.read(folder.resolve("none"), file, Duration.ofHours(1)))
                .isEmpty();
    }

    private static Segment[] array(List<Segment> segments) {
        return segments.toArray(Segment[]::new);
    }

    private static double end(List<Segment> segments) {
        Segment last = segments.get(segments.size() - 1);
        return last.start().plus(last.duration()).toNanos() / 1e9;
    }

    private static void requireUnbroken(List<Segment> segments, double recorded) {
        assertThat(segments.get(0).start()).isLessThan(Duration.ofMillis(100));
        for (int i = 1; i < segments.size(); i++) {
            Segment one = segments.get(i - 1);
            Segment next = segments.get(i);
            assertThat(next.start().minus(one.start().plus(one.duration())).abs())
                    .as("between segments %d and %d", i - 1, i)
                    .isLessThan(Duration.ofMillis(50));
            assertThat(next.range().offset()).isEqualTo(one.range().end());
        }
        assertThat(end(segments)).isGreaterThan(recorded - 3.5);
    }

    /** Decodes all that was announced. @return pictures */
    private int decoded(Path file, Announced announced) throws Exception {
        long length =
                announced.segments.get(announced.segments.size() - 1).range().end();
        Path told = Files.copy(file, folder.resolve("told.mp4"), StandardCopyOption.REPLACE_EXISTING);
        try (var channel = FileChannel.open(told, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
        AtomicInteger pictures = new AtomicInteger();
        List<Long> times = new ArrayList<>();
        AVPacket packet = av_packet_alloc();
        try (MediaInput input = MediaInput.open(told, OpenPolicy.media(), () -> false);
                Decoder decoder = Decoder.open(input.stream(0), OpenPolicy.media(), 1)) {
            while (input.read(packet)) {
                decoder.decode(packet, frame -> {
                    pictures.incrementAndGet();
                    times.add(frame.best_effort_timestamp());
                });
                av_packet_unref(packet);
            }
            decoder.decode(null, frame -> pictures.incrementAndGet());
        } finally {
            av_packet_free(packet);
        }
        assertThat(times).isSorted();
        return pictures.get();
    }
}
