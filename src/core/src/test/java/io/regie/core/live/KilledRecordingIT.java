package io.regie.core.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regie.core.RegieClient;
import io.regie.core.RegieServer;
import io.regie.testkit.Clips;
import io.regie.testkit.ElementaryTrack;
import io.regie.testkit.RtspPeer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the worker and of the server while a stream is recorded, through the packaged application. */
class KilledRecordingIT {

    private static final double LOST_AT_MOST = 0.48 + 1;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void goesOnByItself() throws Exception {
        List<ElementaryTrack> tracks =
                ElementaryTrack.read(Clips.clip().keyFrameEvery(12).seconds(8).writeIn(folder, "clip"));
        try (RegieServer server = RegieServer.start(Map.of(
                        "REGIE_ADMIN_EMAIL",
                        RegieServer.EMAIL,
                        "REGIE_ADMIN_PASSWORD",
                        RegieServer.PASSWORD,
                        "REGIE_JOBS_FIRST_PAUSE",
                        "1S"));
                RtspPeer peer = RtspPeer.of(
                        new RtspPeer.Play(tracks).loop(8, 0, 100_000).speed(2))) {
            RegieClient admin = RegieClient.admin(server);
            LiveClient live = new LiveClient(server, admin);
            live.allow("127.0.0.1");
            String stream = live.add("killed", peer.uri().toString(), Map.of("timeout", "60"));
            JsonNode begun = live.post(stream + "/record", Map.of("partDuration", 6));
            String article = begun.get("article").asText();
            double first = recorded(live, stream, 14);

            killWorkers(server);
            double second = recorded(live, stream, first + 6);
            JsonNode watched = admin.await(
                    article, PATIENCE, found -> found.get("playable").asBoolean());
            assertThat(seconds(admin, watched.get("hlsUrl").asText()))
                    .as("what can be watched from the beginning")
                    .isGreaterThan(first - LOST_AT_MOST);

            server.kill();
            server.startAgain();
            double third = recorded(live, stream, second + 6);

            live.post("/api/v1/jobs/" + begun.get("job").asText() + "/stop", Map.of());
            live.await(stream, found -> found.get("recording").isNull());
            JsonNode recording = live.read(stream + "/recordings").at("/items/0");
            assertThat(recording.get("state").asText()).isEqualTo("stopped");
            JsonNode media = admin.await(
                    article, PATIENCE, found -> !found.at("/original/tracks").isEmpty());
            assertThat(media.get("durationSeconds").asDouble()).isGreaterThan(third - LOST_AT_MOST);
            assertThat(recording.at("/figures/gaps").asInt()).isGreaterThanOrEqualTo(2);
        }
    }

    private static double recorded(LiveClient live, String stream, double enough) throws Exception {
        return live.await(
                        stream, found -> found.at("/recording/figures/duration").asDouble() > enough)
                .at("/recording/figures/duration")
                .asDouble();
    }

    private static void killWorkers(RegieServer server) {
        List<ProcessHandle> workers = server.process()
                .descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("io.regie.worker"))
                .toList();
        assertThat(workers).isNotEmpty();
        workers.forEach(ProcessHandle::destroyForcibly);
    }

    /** Of the first media playlist, whose segments follow each other from zero. */
    private static double seconds(RegieClient client, String address) throws Exception {
        String playlist = client.get(address).body();
        if (!playlist.contains("#EXTINF")) {
            String next = playlist.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .findFirst()
                    .orElseThrow();
            return seconds(client, URI.create(address).resolve(next).toString());
        }
        return playlist.lines()
                .filter(line -> line.startsWith("#EXTINF:"))
                .mapToDouble(line -> Double.parseDouble(line.substring(8, line.indexOf(','))))
                .sum();
    }
}
