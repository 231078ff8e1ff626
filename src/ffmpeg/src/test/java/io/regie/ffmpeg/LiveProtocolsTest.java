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
import io.regie.testkit.LoopbackNetwork;
import io.regie.testkit.RtspPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each protocol as its peers speak it, and the sound where it was. */
@Timeout(60)
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
        String url = "rtmp://127.0.0.1:" + freePort() + "/live/stream";
        LibavPeer.send(source, "flv", url, Map.of("listen", "1"), 4);
        connectWhenThere(URI.create(url), Map.of());
        requireSync(source);
    }

    @Test
    void recordsSrt() throws Exception {
        Path source = clip(Container.MP4);
        int port = freePort();
        LibavPeer.send(
                source, "mpegts", "srt://127.0.0.1:" + port, Map.of("mode", "listener", "passphrase", "0123456789"), 2);
        connectWhenThere(URI.create("srt://127.0.0.1:" + port), Map.of("passphrase", "0123456789", "latency", "200"));
        requireSync(source);
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
        for (int attempt = 0; ; attempt++) {
            try {
                run.record(address, Duration.ZERO);
                return;
            } catch (FFmpegException notThereYet) {
                if (!run.parts.isEmpty()) {
                    // Some peers hang up rather than say goodbye.
                    return;
                }
                if (attempt > 100) {
                    throw notThereYet;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
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
