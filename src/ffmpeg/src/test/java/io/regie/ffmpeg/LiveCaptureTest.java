package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;

import io.regie.spi.MediaInfo;
import io.regie.spi.Track;
import io.regie.testkit.AudioCodec;
import io.regie.testkit.Clip;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import io.regie.testkit.ElementaryTrack;
import io.regie.testkit.RtspPeer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a recording when its source misbehaves. */
@Timeout(60)
class LiveCaptureTest {

    private static final Duration ONE_FILE = Duration.ZERO;

    @TempDir
    Path folder;

    private CaptureRun run;

    @BeforeEach
    void prepare() {
        run = new CaptureRun(folder);
    }

    private List<ElementaryTrack> tracks(Clip clip) throws IOException {
        return ElementaryTrack.read(clip.writeIn(folder, "clip"));
    }

    @Test
    void goesOnWhenCountersWrap() throws Exception {
        try (RtspPeer peer = RtspPeer.of(new RtspPeer.Play(tracks(Clips.clip().seconds(8)))
                .loop(8, 0, 40)
                .wrapAfter(20))) {
            run.record(CaptureRun.address(peer.uri()), ONE_FILE);
        }
        assertThat(run.parts).singleElement().satisfies(part -> assertThat(seconds(part.file()))
                .isCloseTo(40, within(0.2)));
    }

    @Test
    void beginsANewPartWhenTheSourcesClockJumps() throws Exception {
        for (double by : new double[] {3600, -3600}) {
            CaptureRun jumped = new CaptureRun(Files.createDirectory(folder.resolve("jump" + by)));
            try (RtspPeer peer =
                    RtspPeer.of(new RtspPeer.Play(tracks(Clips.clip().seconds(8)))
                            .loop(8, 0, 32)
                            .jump(16, by))) {
                jumped.record(CaptureRun.address(peer.uri()), ONE_FILE);
            }
            assertThat(jumped.parts).as("by %s s", by).hasSize(2);
            assertThat(seconds(jumped.joined())).as("by %s s", by).isCloseTo(32, within(1.2));
        }
    }

    @Test
    void keepsThePictureWhenTheSoundNeverComes() throws Exception {
        try (RtspPeer peer = RtspPeer.of(new RtspPeer.Play(tracks(Clips.clip().seconds(8)))
                .loop(8, 0, 100)
                .speed(10)
                .silentSound())) {
            run.record(CaptureRun.address(peer.uri()), ONE_FILE);
        }
        MediaInfo info = Probe.probe(run.joined(), ProbeLimits.standard());
        assertThat(info.audio()).isEmpty();
        assertThat(info.duration().toMillis() / 1000.0).isCloseTo(100, within(0.3));
    }

    @Test
    void encodesTheSoundThatMp4CannotHold() throws Exception {
        Path clip = folder.resolve("alaw.mov");
        Clips.clip()
                .container(Container.MOV)
                .audio(AudioCodec.ALAW)
                .channels(1)
                .sampleRate(8000)
                .flashAndBeep()
                .seconds(8)
                .write(clip);
        double truth = FlashAndBeep.offset(clip, 0, 8);
        try (RtspPeer peer = RtspPeer.of(new RtspPeer.Play(ElementaryTrack.read(clip)).loop(8, 0, 32))) {
            run.record(CaptureRun.address(peer.uri()), Duration.ofSeconds(10));
        }
        Path joined = run.joined();
        Track sound = Probe.probe(joined, ProbeLimits.standard()).audio().orElseThrow();
        assertThat(sound.codec()).isEqualTo("aac");
        assertThat(sound.channels()).isEqualTo(1);
        assertThat(run.log).anyMatch(line -> line.contains("pcm_alaw"));
        assertThat(FlashAndBeep.offset(joined, 0, 8)).isCloseTo(truth, within(0.005));
        assertThat(FlashAndBeep.offset(joined, 22, 31)).isCloseTo(truth, within(0.005));
    }

    @Test
    void cutsPartsAtKeyFramesEvenIfTheyAreRare() throws Exception {
        try (RtspPeer peer =
                RtspPeer.of(new RtspPeer.Play(tracks(Clips.clip().seconds(20).keyFrameEvery(250))).loop(20, 0, 60))) {
            run.record(CaptureRun.address(peer.uri()), Duration.ofSeconds(4));
        }
        assertThat(run.parts).hasSize(6);
        for (RecordedPart part : run.parts) {
            try (MediaInput input = MediaInput.open(part.file(), OpenPolicy.media(), () -> false)) {
                assertThat(beginsWithKeyFrame(input)).isTrue();
            }
        }
        assertThat(seconds(run.joined())).isCloseTo(60, within(0.2));
    }

    @Test
    void countsLostPackets() throws Exception {
        try (RtspPeer peer = RtspPeer.of(new RtspPeer.Play(tracks(Clips.clip().seconds(8)))
                .loop(8, 0, 40)
                .loseEvery(40))) {
            run.record(CaptureRun.address(peer.uri()), ONE_FILE);
        }
        assertThat(run.lost).isPositive();
        assertThat(seconds(run.joined())).isCloseTo(40, within(0.5));
    }

    @Test
    void noticesASourceThatFallsSilentAndKeepsWhatCame() throws Exception {
        try (RtspPeer peer = RtspPeer.of(new RtspPeer.Play(tracks(Clips.clip().seconds(8))).thenStall())) {
            LiveAddress address = CaptureRun.address(peer.uri());
            long began = System.nanoTime();
            try (LiveCapture capture = LiveCapture.connect(address, Duration.ofSeconds(2), () -> false, () -> false)) {
                assertThatThrownBy(() -> capture.record(run, 0, ONE_FILE, null))
                        .isInstanceOf(FFmpegException.class)
                        .hasMessageContaining("nothing for 2 s");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        }
        assertThat(seconds(run.joined())).isCloseTo(8, within(0.2));
    }

    @Test
    void canBePlayedToTheLastFragmentWhenKilled() throws Exception {
        try (RtspPeer peer = RtspPeer.of(new RtspPeer.Play(
                        tracks(Clips.clip().seconds(20).keyFrameEvery(250).bFrames(2)))
                .loop(20, 0, 1000)
                .speed(20))) {
            LiveAddress address = CaptureRun.address(peer.uri());
            CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
                try {
                    run.record(address, ONE_FILE);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            while (run.recorded.toSeconds() < 15) {
                Thread.onSpinWait();
            }
            // The bytes as they are on the disk now are what a killed recorder leaves.
            double recorded = run.recorded.toMillis() / 1000.0;
            Path left = Files.copy(folder.resolve("part-1.mp4"), folder.resolve("left.part"));
            RecordedPart saved = SavedPart.read(left, 0, () -> false);
            assertThat(saved.endMicros() / 1e6).isGreaterThan(recorded - 2.5);
            assertThat(Probe.probe(left, ProbeLimits.standard()).audio()).isPresent();
            run.stop.set(true);
            ended.get(10, TimeUnit.SECONDS);
        }
        try (MediaInput input = MediaInput.open(run.parts.get(0).file(), OpenPolicy.media(), () -> false)) {
            assertThat(input.duration().toSeconds()).isGreaterThanOrEqualTo(15);
        }
        assertThat(boxes(run.parts.get(0).file()))
                .as("an ordinary file")
                .doesNotContain("moof")
                .contains("moov");
    }

    @Test
    void cancelsAHundredBlockedOpensAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(100);
        try (ServerSocket deaf = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
            LiveAddress address = CaptureRun.address(URI.create("rtsp://127.0.0.1:" + deaf.getLocalPort() + "/"));
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Callable<Long> blocked = () -> {
                    assertThatThrownBy(() ->
                                    LiveCapture.connect(address, Duration.ofSeconds(30), run.cancel::get, () -> false))
                            .isInstanceOf(CancellationException.class);
                    return System.nanoTime();
                };
                all.add(threads.submit(blocked));
            }
            // Kept: a collected socket would hang up.
            List<Socket> callers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                callers.add(deaf.accept());
            }
            assertThat(callers).hasSize(100);
            long cancelled = System.nanoTime();
            run.cancel.set(true);
            long worst = 0;
            for (Future<Long> one : all) {
                worst = Math.max(worst, one.get(10, TimeUnit.SECONDS) - cancelled);
            }
            System.out.println("100 blocked opens cancelled, worst " + worst / 1_000_000 + " ms");
            assertThat(worst).isLessThan(2_000_000_000L);
            for (Socket caller : callers) {
                caller.close();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void leavesNoFilesOpenWhenCancelled() throws Exception {
        try (RtspPeer peer = RtspPeer.of(new RtspPeer.Play(tracks(Clips.clip().seconds(8)))
                .loop(8, 0, 1000)
                .speed(20))) {
            LiveAddress address = CaptureRun.address(peer.uri());
            CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(() -> {
                try {
                    run.record(address, ONE_FILE);
                    return null;
                } catch (Exception e) {
                    return e;
                }
            });
            while (run.recorded.toSeconds() < 5) {
                Thread.onSpinWait();
            }
            run.cancel.set(true);
            assertThat(ended.get(2, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        }
        assertThat(run.unfinished).hasSize(1);
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(descriptors.map(Path::toFile).map(file -> {
                        try {
                            return file.getCanonicalPath();
                        } catch (IOException e) {
                            return "";
                        }
                    }))
                    .noneMatch(path -> path.startsWith(folder.toString()));
        }
    }

    private static double seconds(Path file) throws Exception {
        return Probe.probe(file, ProbeLimits.standard()).duration().toMillis() / 1000.0;
    }

    private static boolean beginsWithKeyFrame(MediaInput input) throws FFmpegException {
        AVPacket packet = av_packet_alloc();
        try {
            boolean key = false;
            while (input.read(packet)) {
                if (packet.stream_index() == 0) {
                    key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
                    break;
                }
                av_packet_unref(packet);
            }
            return key;
        } finally {
            av_packet_free(packet);
        }
    }

    private static List<String> boxes(Path file) throws IOException {
        List<String> types = new ArrayList<>();
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            for (long at = 0; at + 8 <= in.length(); ) {
                in.seek(at);
                long size = in.readInt() & 0xffffffffL;
                byte[] type = new byte[4];
                in.readFully(type);
                types.add(new String(type, StandardCharsets.US_ASCII));
                at += size == 1 ? in.readLong() : Math.max(size, 8);
            }
        }
        return types;
    }
}
