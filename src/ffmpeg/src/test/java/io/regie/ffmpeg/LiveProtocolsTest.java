package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import io.regie.spi.LiveSource;
import io.regie.spi.MediaInfo;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import io.regie.testkit.ElementaryTrack;
import io.regie.testkit.HttpPeer;
import io.regie.testkit.LibavPeer;
import io.regie.testkit.LoopbackNetwork;
import io.regie.testkit.RtspPeer;
import io.regie.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each protocol as its peers speak it, and the sound where it was. */
@Timeout(180)
class LiveProtocolsTest {

    private static final double MILLISECOND = 0.001;

    @TempDir
    Path folder;

    private CaptureRun run;

    @BeforeEach
    void prepare() {
        run = new CaptureRun(folder);
    }

    private Path clip(Container container) throws IOException {
        Path file = folder.resolve("clip." + container.name());
        Clips.clip()
                .container(container)
                .flashAndBeep()
                .bFrames(2)
                .seconds(8)
                .audioOffset(0.479)
                .write(file);
        return file;
    }

    private void requireSync(Path source) throws Exception {
        Path joined = run.joined();
        MediaInfo info = Probe.probe(joined, ProbeLimits.standard());
        assertThat(info.video()).isPresent();
        assertThat(info.audio()).isPresent();
        assertThat(FlashAndBeep.offset(joined, 0, 9)).isCloseTo(FlashAndBeep.offset(source, 0, 9), within(MILLISECOND));
    }

    @Test
    void recordsTransportStreamsOverHttp() throws Exception {
        Path source = clip(Container.TS);
        HttpServer server = serve("/live.ts", Files.readAllBytes(source));
        try {
            run.record(CaptureRun.address(http(server, "/live.ts")), Duration.ZERO);
        } finally {
            server.stop(0);
        }
        requireSync(source);
    }

    @Test
    void recordsPlaylistsThroughTheProxyOnly() throws Exception {
        Path source = clip(Container.TS);
        HttpServer server = serve("/segment.ts", Files.readAllBytes(source));
        List<String> asked = new CopyOnWriteArrayList<>();
        server.createContext("/live.m3u8", exchange -> {
            // Only who speaks to a proxy says the whole address.
            asked.add(exchange.getRequestURI().toString());
            byte[] playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXTINF:8,\nsegment.ts\n#EXT-X-ENDLIST\n".getBytes();
            exchange.sendResponseHeaders(200, playlist.length);
            exchange.getResponseBody().write(playlist);
            exchange.close();
        });
        try {
            run.record(CaptureRun.address(http(server, "/live.m3u8")), Duration.ZERO);
        } finally {
            server.stop(0);
        }
        assertThat(asked).allMatch(address -> address.startsWith("http://127.0.0.1:"));
        requireSync(source);
    }

    @Test
    void recordsRtmp() throws Exception {
        Path source = clip(Container.MP4);
        try (LibavPeer peer = LibavPeer.rtmp(source, "/live/stream", 4)) {
            connectWhenThere(peer.uri(), Map.of());
        }
        requireSync(source);
    }

    @Test
    void recordsSrt() throws Exception {
        Path source = clip(Container.MP4);
        try (LibavPeer peer = LibavPeer.srt(source, "0123456789", 2)) {
            connectWhenThere(peer.uri(), Map.of("passphrase", "0123456789", "latency", "200"));
        }
        requireSync(source);
    }

    @Test
    void believesOnlyCertificatesThatItKnows() throws Exception {
        Path source = Clips.clip().seconds(10).writeIn(folder, "broadcast");
        TestCertificate known = TestCertificate.forName("localhost", folder);
        TestCertificate unknown = TestCertificate.forName("localhost", folder);
        try (HttpPeer good = HttpPeer.secureAt("127.0.0.1", known)
                        .broadcast(source, Files.createDirectory(folder.resolve("good")));
                HttpPeer bad = HttpPeer.secureAt("127.0.0.1", unknown)
                        .broadcast(source, Files.createDirectory(folder.resolve("bad")));
                HttpPeer mixed = HttpPeer.secureAt("127.0.0.1", known)
                        .broadcast(source, Files.createDirectory(folder.resolve("mixed")))
                        .piecesAt(bad.uri("localhost", ""));
                TunnelPeer tunnel = new TunnelPeer()) {
            run.stopAfter = Duration.ofSeconds(2);
            run.record(over(tunnel, good.uri("localhost", "/live.m3u8"), known), Duration.ZERO);
            assertThat(seconds(run.joined())).isGreaterThan(1.5);
            for (HttpPeer peer : List.of(bad, mixed)) {
                LiveAddress address = over(tunnel, peer.uri("localhost", "/live.m3u8"), known);
                assertThatThrownBy(() -> LiveCapture.connect(address, Duration.ofSeconds(2), () -> false, () -> false)
                                .close())
                        .isInstanceOf(FFmpegException.class);
            }
            assertThat(mixed.asked()).isNotEmpty();
            assertThat(bad.asked()).as("not even for pieces").isEmpty();
        }
    }

    @Test
    void believesNoCertificateForAnotherHost() throws Exception {
        TestCertificate address = TestCertificate.forAddress("127.0.0.1", folder);
        try (HttpPeer peer = HttpPeer.secureAt("127.0.0.1", address);
                TunnelPeer tunnel = new TunnelPeer()) {
            peer.on("/live.m3u8", 200, Map.of(), "");
            LiveAddress named = over(tunnel, peer.uri("localhost", "/live.m3u8"), address);
            assertThatThrownBy(() -> LiveCapture.connect(named, CaptureRun.SILENCE, () -> false, () -> false))
                    .isInstanceOf(FFmpegException.class);
            assertThat(peer.asked()).isEmpty();
        }
        assertThatThrownBy(() -> CaptureRun.address(URI.create("https://127.0.0.1:1/live.m3u8")))
                .hasMessageContaining("by its name");
        TestCertificate name = TestCertificate.forName("localhost", folder);
        for (String scheme : List.of("rtsps", "rtmps")) {
            assertThat(firstBytes(scheme, address)).as("right " + scheme).isPositive();
            assertThat(firstBytes(scheme, name)).as("wrong " + scheme).isZero();
        }
    }

    /** How much a source that is an address says to a server with this certificate, which it trusts. */
    private static int firstBytes(String scheme, TestCertificate certificate) throws Exception {
        try (ServerSocket server = certificate
                .server()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Integer> heard = CompletableFuture.supplyAsync(() -> {
                try (Socket client = server.accept()) {
                    return Math.max(0, client.getInputStream().read(new byte[1000]));
                } catch (IOException refused) {
                    return 0;
                }
            });
            URI uri = URI.create(scheme + "://127.0.0.1:" + server.getLocalPort() + "/live/key");
            LiveAddress address = LiveAddress.of(
                    new LiveSource(uri, Map.of("caFile", certificate.pem().toString())),
                    LoopbackNetwork::new,
                    CaptureRun.SILENCE);
            assertThatThrownBy(() -> LiveCapture.connect(address, CaptureRun.SILENCE, () -> false, () -> false))
                    .isInstanceOf(FFmpegException.class);
            return heard.get(30, TimeUnit.SECONDS);
        }
    }

    private static LiveAddress over(TunnelPeer tunnel, URI uri, TestCertificate trusted) throws IOException {
        return LiveAddress.of(
                new LiveSource(uri, Map.of("caFile", trusted.pem().toString())),
                () -> new LoopbackNetwork(tunnel.uri()),
                CaptureRun.SILENCE);
    }

    private static double seconds(Path file) throws Exception {
        return Probe.probe(file, ProbeLimits.standard()).duration().toMillis() / 1000.0;
    }

    @Test
    void refusesOtherProtocols() {
        for (String address : List.of("file:///etc/passwd", "udp://127.0.0.1:1", "concat:a", "gopher://x/")) {
            assertThatThrownBy(() -> CaptureRun.address(URI.create(address)))
                    .isInstanceOf(FFmpegException.class)
                    .hasMessageContaining("cannot be recorded");
        }
    }

    @Test
    void endsInOrderWhenTheDiskIsFull() throws Exception {
        List<ElementaryTrack> tracks = ElementaryTrack.read(clip(Container.MP4));
        Path full = Files.createSymbolicLink(folder.resolve("full"), Path.of("/dev/full"));
        try (RtspPeer peer = RtspPeer.of(new RtspPeer.Play(tracks))) {
            LiveAddress address = CaptureRun.address(peer.uri());
            CaptureRun onFullDisk = new CaptureRun(folder) {
                @Override
                public Path next(long startMicros) {
                    return full;
                }
            };
            assertThatThrownBy(() -> onFullDisk.record(address, Duration.ZERO))
                    .isInstanceOfSatisfying(FFmpegException.class, e -> assertThat(e.isOutOfResources())
                            .isTrue());
            assertThat(onFullDisk.parts).isEmpty();
        }
    }

    private void connectWhenThere(URI uri, Map<String, String> options) throws Exception {
        LiveAddress address = LiveAddress.of(new LiveSource(uri, options), LoopbackNetwork::new, CaptureRun.SILENCE);
        long patience = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try {
                run.record(address, Duration.ZERO);
                return;
            } catch (FFmpegException notThereYet) {
                if (!run.parts.isEmpty()) {
                    // Some peers hang up rather than say goodbye.
                    return;
                }
                if (System.nanoTime() > patience) {
                    throw notThereYet;
                }
                // A peer that begins to listen needs the processor more than the next question does.
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private static URI http(HttpServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static HttpServer serve(String path, byte[] bytes) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }
}
