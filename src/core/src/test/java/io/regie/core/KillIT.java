package io.regie.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the server at random moments. Five of each by default; {@code -Dregie.kills=50} for more, {@code
 * -Dregie.seed=…} to repeat a run.
 */
class KillIT {

    private static final int KILLS = Integer.getInteger("regie.kills", 5);
    /** A job that does not get further for more deaths than that is set aside: it may be what kills the server. */
    private static final int KILLS_OF_ONE = 10;

    private static final int DEATHS = Integer.getInteger("regie.deaths", 3);
    private static final long SEED = Long.getLong("regie.seed", System.nanoTime());
    private static final Random RANDOM = new Random(SEED);

    private static RegieServer server;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        System.out.println("KillIT: -Dregie.seed=" + SEED);
        server = RegieServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void losesNoAcknowledgedByteOfAnUpload() throws Exception {
        byte[] file = Files.readAllBytes(Clips.clip().size(640, 360).seconds(20).writeIn(folder, "upload"));
        RegieClient admin = RegieClient.admin(server);
        URI upload = admin.create(file.length, "upload.mp4", "public");
        int piece = Math.max(file.length / (KILLS * 12), 1);
        AtomicLong acknowledged = new AtomicLong();
        HttpResponse<String> last = null;
        for (int kill = 0; kill < KILLS; kill++) {
            Thread killer = killAfter(RANDOM.nextInt(150));
            last = send(admin, upload, file, piece, acknowledged);
            killer.join();
            server.startAgain();
            long offset = offset(admin, upload);
            assertThat(offset).isBetween(acknowledged.get(), (long) file.length);
            acknowledged.set(offset);
        }
        while (acknowledged.get() < file.length) {
            last = send(admin, upload, file, piece, acknowledged);
        }
        String id = admin.head(upload).headers().firstValue("Regie-Article").orElseThrow();
        if (last != null) {
            assertThat(last.headers().firstValue("Regie-Article")).contains(id);
        }
        JsonNode media = admin.awaitReady(id);
        assertThat(admin.bytes(media.get("original").get("url").asText()).body())
                .isEqualTo(file);
    }

    @Test
    void endsEveryTranscodeWithNothingHalfPublished() throws Exception {
        Path clip = Clips.clip()
                .size(1280, 720)
                .seconds(16)
                .container(Container.MKV)
                .openGroups()
                .writeIn(folder, "transcode");
        RegieClient admin = RegieClient.admin(server);
        for (int kill = 0; kill < KILLS; ) {
            String id = admin.upload(clip, "public");
            for (int end = Math.min(kill + KILLS_OF_ONE, KILLS); kill < end; kill++) {
                TimeUnit.MILLISECONDS.sleep(RANDOM.nextInt(4000));
                server.kill();
                server.startAgain();
                admin.requireEverythingListed(admin.media(id));
            }
            JsonNode media = admin.awaitReady(id);
            admin.requireEverythingListed(media);
            assertThat(media.get("failure").toString())
                    .as("a server's death is nobody's fault")
                    .isEqualTo("null");
            assertThat(media.get("posterUrl").isNull()).isFalse();
            assertThat(media.get("storyboardUrl").isNull()).isFalse();
            assertThat(media.get("downloadUrl").isNull()).isFalse();
        }
        noRowNamesAMissingFile();
        awaitEmptyWorkspaces();
    }

    /** Each death comes in the middle of an attempt. Ten of them with {@code -Dregie.deaths=10}. */
    @Test
    void blamesNoFileForTheServersDeaths() throws Exception {
        Path clip = Clips.clip()
                .size(1280, 720)
                .seconds(20)
                .container(Container.MKV)
                .openGroups()
                .writeIn(folder, "unlucky");
        RegieClient admin = RegieClient.admin(server);
        String id = admin.upload(clip, "public");
        for (int death = 1; death <= DEATHS; death++) {
            JsonNode attempt = awaitAttempt(admin, id, death);
            server.kill();
            assertThat(attempt.get("progress").asDouble()).isLessThan(1);
            server.startAgain();
        }
        JsonNode media = admin.awaitReady(id);
        JsonNode job = transcode(admin, id).orElseThrow();
        assertThat(job.get("attempts").asInt()).isEqualTo(DEATHS + 1);
        assertThat(job.get("state").asText()).isEqualTo("succeeded");
        assertThat(job.get("failure").isNull()).isTrue();
        assertThat(media.get("failure").isNull()).isTrue();
        admin.requireEverythingListed(media);
        noRowNamesAMissingFile();
        awaitEmptyWorkspaces();
    }

    /** Waits until an attempt is under way. */
    private static JsonNode awaitAttempt(RegieClient admin, String id, int number) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            Optional<JsonNode> job = transcode(admin, id)
                    .filter(found -> found.get("state").asText().equals("running"))
                    .filter(found -> found.get("attempts").asInt() == number)
                    .filter(found -> found.get("progress").asDouble() > 0);
            if (job.isPresent()) {
                return job.get();
            }
            assertThat(System.nanoTime()).as(() -> server.log()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static Optional<JsonNode> transcode(RegieClient admin, String id) throws Exception {
        for (JsonNode job : admin.jobs(id)) {
            if (job.get("type").asText().equals("transcoding.ladder")) {
                return Optional.of(job);
            }
        }
        return Optional.empty();
    }

    private static void noRowNamesAMissingFile() throws Exception {
        Set<String> named = inventory().named();
        assertThat(named).hasSizeGreaterThan(5);
        assertThat(inventory().stored()).containsAll(named);
    }

    private static void awaitEmptyWorkspaces() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(inventory().files("workspaces")).isEmpty());
    }

    private static Inventory inventory() {
        return new Inventory(server.data());
    }

    private static HttpResponse<String> send(
            RegieClient admin, URI upload, byte[] file, int piece, AtomicLong acknowledged) throws Exception {
        HttpResponse<String> last = null;
        try {
            while (acknowledged.get() < file.length) {
                int from = (int) acknowledged.get();
                byte[] bytes = Arrays.copyOfRange(file, from, Math.min(from + piece, file.length));
                last = admin.patch(upload, from, bytes);
                if (last.statusCode() != 204) {
                    return last;
                }
                acknowledged.addAndGet(bytes.length);
            }
        } catch (IOException killed) {
            return last;
        }
        return last;
    }

    private static long offset(RegieClient admin, URI upload) throws Exception {
        return admin.head(upload).headers().firstValueAsLong("Upload-Offset").orElseThrow();
    }

    private static Thread killAfter(int milliseconds) {
        Thread killer = new Thread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(milliseconds);
                server.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        killer.start();
        return killer;
    }
}
