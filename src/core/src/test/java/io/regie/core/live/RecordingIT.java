package io.regie.core.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.regie.core.RegieClient;
import io.regie.core.RegieServer;
import io.regie.testkit.Clips;
import io.regie.testkit.ElementaryTrack;
import io.regie.testkit.HttpPeer;
import io.regie.testkit.LibavPeer;
import io.regie.testkit.RtspPeer;
import io.regie.testkit.TestCertificate;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each protocol from a source to an article, through the packaged application: the shipped plugin in a worker of its own,
 * without a network where this machine can do that, and the relay. All streams are recorded at the same time.
 */
class RecordingIT {

    private static final double ENOUGH = 5;
    private static final double GROUP = 1;
    private static final double PICTURE = 0.04;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String USER = "camera-user-4711";
    private static final String PASSWORD = "hunter2-4711";
    private static final String KEY = "stream-key-4711";
    private static final String PASSPHRASE = "passphrase-4711";

    private static final Map<String, String> PATIENT = Map.of("timeout", "60");
    private static final String[] HERE = {"127.0.0.1", "::1"};
    private static final Map<String, Future<Outcome>> OUTCOMES = new TreeMap<>();
    private static final List<AutoCloseable> PEERS = new ArrayList<>();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    private static RegieServer server;
    private static RegieClient admin;
    private static LiveClient live;

    @TempDir
    static Path folder;

    /** @param said everything that was answered about it */
    private record Outcome(JsonNode check, JsonNode recording, JsonNode media, String said) {}

    @BeforeAll
    static void recordEverything() throws Exception {
        // A root server's workers, which are nobody, must find the certificate.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        TestCertificate certificate = TestCertificate.forName("localhost", folder);
        server = RegieServer.start(Map.of(
                "REGIE_ADMIN_EMAIL",
                RegieServer.EMAIL,
                "REGIE_ADMIN_PASSWORD",
                RegieServer.PASSWORD,
                "REGIE_LIVE_CERTIFICATES",
                certificate.pem().toString(),
                // Which every recording here exceeds.
                "REGIE_LIMITS_DURATION",
                "3S"));
        admin = RegieClient.admin(server);
        live = new LiveClient(server, admin);
        live.allow(HERE);

        Path clip = Clips.clip().seconds(8).writeIn(folder, "clip");
        Path broadcast = Clips.clip().seconds(120).writeIn(folder, "broadcast");
        RtspPeer rtsp = peer(RtspPeer.of(
                new RtspPeer.Play(ElementaryTrack.read(clip)).loop(8, 0, 1000).speed(1)));
        LibavPeer rtmp = peer(LibavPeer.rtmp(broadcast, "/live/" + KEY, 1));
        LibavPeer srt = peer(LibavPeer.srt(broadcast, PASSPHRASE, 1));
        HttpPeer http = peer(HttpPeer.at("127.0.0.1"))
                .only(USER, PASSWORD)
                .broadcast(broadcast, Files.createDirectory(folder.resolve("http")));
        HttpPeer https = peer(HttpPeer.secureAt("127.0.0.1", certificate))
                .broadcast(broadcast, Files.createDirectory(folder.resolve("https")));
        String login = USER + ":" + PASSWORD + "@";
        begin("rtsp", "rtsp://" + login + "127.0.0.1:" + rtsp.port() + "/" + KEY, PATIENT);
        begin("rtmp", rtmp.uri().toString(), PATIENT);
        begin("srt", srt.uri().toString(), Map.of("passphrase", PASSPHRASE, "timeout", "60"));
        begin("http", http.uri("/live.ts").toString().replace("://", "://" + login), PATIENT);
        begin("hls", http.uri("/live.m3u8?" + KEY).toString().replace("://", "://" + login), PATIENT);
        begin("https", https.uri("localhost", "/live.m3u8?" + KEY).toString(), PATIENT);
    }

    private static <P extends AutoCloseable> P peer(P peer) {
        PEERS.add(peer);
        return peer;
    }

    private static void begin(String name, String url, Map<String, String> options) {
        OUTCOMES.put(name, THREADS.submit(() -> record(name, url, options)));
    }

    private static Outcome record(String name, String url, Map<String, String> options) throws Exception {
        String stream = live.add(name, url, options);
        JsonNode check = live.check(stream);
        JsonNode recording = live.record(stream, Map.of(), ENOUGH);
        String article = recording.get("article").asText();
        JsonNode media = admin.await(
                article,
                PATIENCE,
                found -> found.get("playable").asBoolean()
                        && !found.at("/original/tracks").isEmpty());
        String said = live.read(stream).toString() + recording + media + live.job(check) + live.job(recording);
        return new Outcome(check, recording, media, said);
    }

    @AfterAll
    static void stop() throws Exception {
        THREADS.shutdownNow();
        for (AutoCloseable peer : PEERS) {
            peer.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtsp", "rtmp", "srt", "http", "hls", "https"})
    void becomesAnArticle(String protocol) throws Exception {
        Outcome outcome = OUTCOMES.get(protocol).get(5, TimeUnit.MINUTES);

        assertThat(outcome.check.get("state").asText()).as(outcome.said).isEqualTo("succeeded");
        assertThat(outcome.check.at("/facts/video").asText()).isEqualTo("h264");
        assertThat(outcome.check.at("/facts/size").asText()).isEqualTo("320x180");
        assertThat(outcome.check.at("/facts/audio").asText()).isEqualTo("aac");
        assertThat(outcome.check.at("/facts/verdict").asText()).isEqualTo("ok");
        assertThat(outcome.check.get("snapshot").asBoolean()).isTrue();

        assertThat(outcome.recording.get("state").asText()).as(outcome.said).isEqualTo("stopped");
        double recorded = outcome.recording.at("/figures/duration").asDouble();
        assertThat(recorded).isGreaterThanOrEqualTo(ENOUGH);
        assertThat(outcome.recording.at("/figures/reconnects").asDouble()).isZero();
        double length = outcome.media.get("durationSeconds").asDouble();
        assertThat(length).as("the figures come a little late").isGreaterThan(recorded - GROUP);
        assertThat(outcome.media.at("/original/tracks").findValuesAsText("codec"))
                .containsExactly("h264", "aac");

        Path file = folder.resolve(protocol + ".mp4");
        Files.write(
                file, admin.bytes(outcome.media.at("/original/url").asText()).body());
        assertThat(outcome.media.at("/original/bytes").asLong()).isEqualTo(Files.size(file));
        List<ElementaryTrack> tracks = ElementaryTrack.read(file);
        assertThat(length).isCloseTo(end(tracks.get(0)), within(GROUP));
        assertThat(begin(tracks.get(1)) - begin(tracks.get(0)))
                .as("sound after picture")
                .isBetween(-PICTURE, PICTURE);
        assertThat(admin.get(outcome.media.get("hlsUrl").asText()).body()).contains("#EXT-X-STREAM-INF");
    }

    /** What it needs to open the source stays between the database and the worker. */
    @ParameterizedTest
    @ValueSource(strings = {"rtsp", "rtmp", "srt", "http", "hls", "https"})
    void tellsNobodyWhatOpensTheSource(String protocol) throws Exception {
        Outcome outcome = OUTCOMES.get(protocol).get(5, TimeUnit.MINUTES);
        assertThat(outcome.said).doesNotContain(USER, PASSWORD, KEY, PASSPHRASE);
        assertThat(server.log()).doesNotContain(USER, PASSWORD, KEY, PASSPHRASE);
    }

    @Test
    void believesNoCertificateThatNobodySigned() throws Exception {
        TestCertificate unknown = TestCertificate.forAddress("127.0.0.4", folder);
        live.allow("127.0.0.1", "::1", "127.0.0.4");
        try (HttpPeer peer = HttpPeer.secureAt("127.0.0.4", unknown)) {
            peer.on("/live.m3u8", 200, Map.of(), "#EXTM3U\n");
            JsonNode check =
                    live.check(live.add("unsigned", peer.uri("/live.m3u8").toString(), Map.of()));
            assertThat(check.get("state").asText()).isEqualTo("failed");
            assertThat(peer.asked()).isEmpty();
        }
    }

    /** Recordings may be longer; that they became articles is shown above. */
    @Test
    void holdsUploadsToTheirLimits() throws Exception {
        byte[] film = Files.readAllBytes(Clips.clip().seconds(4).writeIn(folder, "film"));
        HttpResponse<String> answer = admin.patch(admin.create(film.length, "film.mp4", "public"), 0, film);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    }

    @Test
    void saysThatUdpIsNotForRtsp() throws Exception {
        HttpResponse<String> answer = live.tryToAdd("udp", URI.create("rtsp://9.9.9.9/live?udp") + "", Map.of());
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("UDP");
    }

    private static double end(ElementaryTrack track) {
        return (double) track.units().stream()
                        .mapToLong(ElementaryTrack.Unit::shown)
                        .max()
                        .orElseThrow()
                / track.clock();
    }

    private static double begin(ElementaryTrack track) {
        return (double) track.units().stream()
                        .mapToLong(ElementaryTrack.Unit::shown)
                        .min()
                        .orElseThrow()
                / track.clock();
    }
}
