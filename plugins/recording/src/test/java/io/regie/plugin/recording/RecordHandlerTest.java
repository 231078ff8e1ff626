package io.regie.plugin.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import io.regie.ffmpeg.Probe;
import io.regie.ffmpeg.ProbeLimits;
import io.regie.spi.FailureKind;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.LiveSource;
import io.regie.spi.MediaInfo;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.spi.Placement;
import io.regie.spi.Progress;
import io.regie.testkit.AudioCodec;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import io.regie.testkit.ElementaryTrack;
import io.regie.testkit.LoopbackNetwork;
import io.regie.testkit.RememberingJobContext;
import io.regie.testkit.RtspPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordHandlerTest {

    @TempDir
    Path folder;

    private Path workspace;
    private RememberingJobContext context;
    private List<ElementaryTrack> tracks;

    @BeforeEach
    void prepare() throws Exception {
        workspace = Files.createDirectory(folder.resolve("workspace")).toRealPath();
        context = new RememberingJobContext(workspace).reach(new LoopbackNetwork());
        tracks = ElementaryTrack.read(Clips.clip().keyFrameEvery(12).seconds(8).writeIn(folder, "clip"));
    }

    @Test
    void endsWithOneFileWhenStopped() throws Exception {
        try (RtspPeer peer = RtspPeer.of(endless().speed(20))) {
            stopAfterSeconds(20);
            JobResult result = run(peer.uri(), Map.of("partDuration", 6.0));

            assertThat(result.outputs()).singleElement().satisfies(output -> {
                assertThat(output.role()).isEqualTo(OutputRole.RECORDING);
                assertThat(output.placement()).isEqualTo(Placement.NEW_ARTICLE);
                MediaInfo info = Probe.probe(output.file(), ProbeLimits.standard());
                assertThat(info.video()).isPresent();
                assertThat(info.audio()).isPresent();
                assertThat(info.duration().toMillis() / 1000.0)
                        .isCloseTo(Double.parseDouble(result.metadata().get("duration")), within(0.2))
                        .isGreaterThan(20);
            });
            assertThat(result.metadata()).containsEntry("gaps", "0");
        }
        assertThat(context.published())
                .as("all parts but the last")
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(part -> part.role() == OutputRole.RECORDING && part.placement() == Placement.ATTACHMENT)
                .extracting(Output::name)
                .startsWith("part-0001", "part-0002", "part-0003");
        assertThat(context.log().toString()).doesNotContain("secret");
    }

    @Test
    void canBeWatchedFromItsBeginningWhileItRuns() throws Exception {
        try (RtspPeer peer = RtspPeer.of(endless().speed(20))) {
            stopAfterSeconds(20);
            run(peer.uri(), Map.of("partDuration", 6.0));
        }
        assertThat(context.violations()).isEmpty();
        assertThat(context.early()).extracting(Output::name).containsExactlyInAnyOrder("video", "audio");
        for (String name : List.of("video", "audio")) {
            assertThat(context.segments(name)).hasSizeGreaterThan(5);
            assertThat(context.segments(name).get(0).start().toMillis()).isLessThan(100);
        }
    }

    @Test
    void saysHowItGoes() throws Exception {
        try (RtspPeer peer = RtspPeer.of(endless().speed(4))) {
            stopAfterSeconds(8);
            run(peer.uri(), Map.of());
        }
        Map<String, Double> last =
                context.progress().get(context.progress().size() - 1).figures();
        assertThat(last.get("duration")).isGreaterThanOrEqualTo(8);
        assertThat(last.get("bitrate")).isPositive();
        assertThat(last.get("lost")).isZero();
        assertThat(last.get("reconnects")).isZero();
        assertThat(last).containsKey("drift");
    }

    @Test
    void reconnectsAndMarksTheGap() throws Exception {
        try (RtspPeer peer = RtspPeer.of(connection -> connection == 0
                ? new RtspPeer.Play(tracks).loop(8, 0, 16).speed(20)
                : endless().speed(20))) {
            stopAfterSeconds(30);
            JobResult result = run(peer.uri(), Map.of());

            assertThat(peer.connections()).isEqualTo(2);
            assertThat(result.metadata()).containsEntry("gaps", "1");
            assertThat(context.log()).anyMatch(line -> line.startsWith("A gap at 0:00:1"));
            assertThat(result.outputs()).singleElement().satisfies(output -> assertThat(
                            Probe.probe(output.file(), ProbeLimits.standard())
                                    .duration()
                                    .toSeconds())
                    .isGreaterThanOrEqualTo(29));
        }
    }

    /** Nobody can decode two sizes in one file: what came later is a recording of its own. */
    @Test
    void keepsWhatCameFromASourceThatChanged() throws Exception {
        List<ElementaryTrack> larger = ElementaryTrack.read(
                Clips.clip().size(640, 360).keyFrameEvery(12).seconds(8).writeIn(folder, "larger"));
        List<ElementaryTrack> deaf = ElementaryTrack.read(
                Clips.clip().audio(AudioCodec.NONE).keyFrameEvery(12).seconds(8).writeIn(folder, "deaf"));
        try (RtspPeer peer =
                RtspPeer.of(connection -> new RtspPeer.Play(connection == 0 ? tracks : connection == 1 ? larger : deaf)
                        .loop(8, 0, connection == 0 ? 16 : connection == 1 ? 10 : 100_000)
                        .speed(20))) {
            stopAfterSeconds(30);
            JobResult result = run(peer.uri(), Map.of());

            List<String> sizes = new ArrayList<>();
            double seconds = 0;
            for (Output output : result.outputs()) {
                MediaInfo info = Probe.probe(output.file(), ProbeLimits.standard());
                sizes.add(info.video().orElseThrow().width() + (info.audio().isPresent() ? " with sound" : ""));
                seconds += info.duration().toMillis() / 1000.0;
            }
            assertThat(sizes).containsExactlyInAnyOrder("320 with sound", "640 with sound", "320");
            assertThat(seconds).isGreaterThan(29);
            assertThat(result.metadata()).containsEntry("gaps", "2");
        }
    }

    @Test
    void connectsAnewWhenTheSourceFallsSilent() throws Exception {
        try (RtspPeer peer = RtspPeer.of(connection -> connection == 0
                ? new RtspPeer.Play(tracks).loop(8, 0, 8).thenStall()
                : endless().speed(20))) {
            stopAfterSeconds(12);
            JobRequest request = new JobRequest(
                    "job-1",
                    1,
                    "recording.record",
                    List.of(),
                    Map.of(),
                    null,
                    new LiveSource(peer.uri(), Map.of("timeout", "1")));
            JobResult result = new RecordHandler().run(request, context);
            assertThat(result.metadata().get("gapList")).contains("The source sent nothing for 1 s.");
            assertThat(context.progress().get(context.progress().size() - 1).figures())
                    .containsEntry("gaps", 1.0)
                    .containsEntry("reconnects", 1.0);
        }
    }

    @Test
    void keepsSoundBitByBitInMatroska() throws Exception {
        List<ElementaryTrack> telephone = ElementaryTrack.read(Clips.clip()
                .container(Container.MOV)
                .audio(AudioCodec.ALAW)
                .channels(1)
                .sampleRate(8000)
                .keyFrameEvery(12)
                .seconds(8)
                .writeIn(folder, "telephone"));
        try (RtspPeer peer =
                RtspPeer.of(new RtspPeer.Play(telephone).loop(8, 0, 100_000).speed(20))) {
            stopAfterSeconds(15);
            JobResult result = run(peer.uri(), Map.of("container", "mkv", "partDuration", 6.0));
            assertThat(result.outputs()).singleElement().satisfies(output -> {
                assertThat(output.mediaType()).isEqualTo("video/x-matroska");
                MediaInfo info = Probe.probe(output.file(), ProbeLimits.standard());
                assertThat(info.audio().orElseThrow().codec()).isEqualTo("pcm_alaw");
                assertThat(info.duration().toMillis() / 1000.0)
                        .isCloseTo(Double.parseDouble(result.metadata().get("duration")), within(0.2));
            });
            assertThat(context.segments("video")).isNotEmpty();
        }
    }

    @Test
    void endsWithAPlaylistThatEnds() throws Exception {
        Path clip = Clips.clip().container(Container.TS).seconds(4).writeIn(folder, "segment");
        byte[] segment = Files.readAllBytes(clip);
        byte[] playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nsegment.ts\n#EXT-X-ENDLIST\n".getBytes();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = exchange.getRequestURI().getPath().endsWith(".ts") ? segment : playlist;
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/live.m3u8");
            context.reach(new LoopbackNetwork(uri.resolve("/")));
            JobResult result = run(uri, Map.of());
            assertThat(Double.parseDouble(result.metadata().get("duration"))).isCloseTo(4, within(0.3));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void stopsAtTheLongestDuration() throws Exception {
        try (RtspPeer peer = RtspPeer.of(endless().speed(20))) {
            JobResult result = run(peer.uri(), Map.of("maxDuration", 10.0));
            assertThat(result.metadata()).containsEntry("reason", "The longest duration was reached.");
        }
    }

    @Test
    void goesOnAfterAKillWithWhatWasThere() throws Exception {
        try (RtspPeer peer = RtspPeer.of(endless().speed(20))) {
            // Killed: a part is left as it was being written.
            context.watch(told -> {
                if (seconds(told) >= 15) {
                    told.cancel();
                }
            });
            assertThatThrownBy(() -> run(peer.uri(), Map.of("partDuration", 6.0)))
                    .isInstanceOf(CancellationException.class);
            int published = context.published().size();
            assertThat(published).isPositive();

            RememberingJobContext again = new RememberingJobContext(workspace).reach(new LoopbackNetwork());
            again.watch(told -> {
                if (seconds(told) >= 25) {
                    told.stop();
                }
            });
            JobRequest request = request(peer.uri(), Map.of("partDuration", 6.0), 2);
            JobResult result = new RecordHandler().run(request, again);

            assertThat(again.log()).anyMatch(line -> line.startsWith("Goes on with a recording of 0:00:1"));
            assertThat(again.violations()).isEmpty();
            for (String name : List.of("video", "audio")) {
                assertThat(again.segments(name).get(0).start().toMillis())
                        .as("watched from the beginning")
                        .isLessThan(100);
            }
            assertThat(result.metadata()).containsEntry("gaps", "1");
            assertThat(result.metadata().get("gapList"))
                    .matches("\\[\\{\"at\":1\\d\\.\\d+,\"since\":\"20.*Z\",\"seconds\":\\d+\\.\\d+,"
                            + "\"reason\":\"The recorder was interrupted\\.\"}]");
            assertThat(result.outputs()).singleElement().satisfies(output -> {
                double length = Probe.probe(output.file(), ProbeLimits.standard())
                                .duration()
                                .toMillis()
                        / 1000.0;
                assertThat(length).isGreaterThan(25);
            });
        }
    }

    @Test
    void givesUpOnASourceThatNeverAnswers() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        context.watch(told -> told.stop());
        assertThatThrownBy(() -> run(URI.create("rtsp://user:secret@127.0.0.1:" + free + "/"), Map.of()))
                .isInstanceOfSatisfying(JobFailedException.class, e -> {
                    assertThat(e.kind()).isEqualTo(FailureKind.EXTERNAL);
                    assertThat(e.getMessage()).doesNotContain("secret");
                });
    }

    @Test
    void endsWithinTwoSecondsWhenCancelledWhileTheSourceIsSilent() throws Exception {
        try (RtspPeer peer = RtspPeer.of(new RtspPeer.Play(tracks).thenStall())) {
            CompletableFuture<Object> ended = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    ended.complete(run(peer.uri(), Map.of()));
                } catch (Exception e) {
                    ended.complete(e);
                }
            });
            AtomicInteger told = new AtomicInteger();
            CompletableFuture<Void> begun = new CompletableFuture<>();
            context.watch(heard -> {
                if (told.incrementAndGet() == 1) {
                    begun.complete(null);
                }
            });
            thread.start();
            begun.get(20, TimeUnit.SECONDS);
            context.cancel();
            assertThat(ended.get(2, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
            thread.join();
        }
    }

    @Test
    void looksAtAStream() throws Exception {
        List<ElementaryTrack> slow =
                ElementaryTrack.read(Clips.clip().keyFrameEvery(250).seconds(30).writeIn(folder, "slow"));
        try (RtspPeer good = RtspPeer.of(endless());
                RtspPeer rare = RtspPeer.of(new RtspPeer.Play(slow))) {
            JobResult ok = new CheckHandler().run(request(good.uri(), Map.of(), 1), context);
            assertThat(ok.metadata())
                    .containsEntry("video", "h264")
                    .containsEntry("size", "320x180")
                    .containsEntry("audio", "aac")
                    .containsEntry("frameRate", "25.00")
                    .containsEntry("keyFrameSpacing", "0.48")
                    .containsEntry("verdict", "ok");
            assertThat(ok.outputs()).singleElement().satisfies(output -> {
                assertThat(output.width()).isEqualTo(320);
                assertThat(output.file()).isNotEmptyFile();
            });
            assertThat(new CheckHandler()
                            .run(request(rare.uri(), Map.of(), 1), context)
                            .metadata())
                    .containsEntry("verdict", "long");
        }
    }

    private RtspPeer.Play endless() {
        return new RtspPeer.Play(tracks).loop(8, 0, 100_000);
    }

    private void stopAfterSeconds(double seconds) {
        context.watch(told -> {
            if (seconds(told) >= seconds) {
                told.stop();
            }
        });
    }

    private static double seconds(RememberingJobContext told) {
        List<Progress> progress = told.progress(); // other threads go on telling
        return progress.isEmpty()
                ? 0
                : progress.get(progress.size() - 1).figures().getOrDefault("duration", 0.0);
    }

    private JobResult run(URI uri, Map<String, Object> parameters) throws Exception {
        return new RecordHandler().run(request(uri, parameters, 1), context);
    }

    private static JobRequest request(URI uri, Map<String, Object> parameters, int attempt) {
        return new JobRequest(
                "job-1", attempt, "recording.record", List.of(), parameters, null, new LiveSource(uri, Map.of()));
    }
}
