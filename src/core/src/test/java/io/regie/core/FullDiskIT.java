package io.regie.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory, and with it the database, on a small disk that somebody else fills. */
class FullDiskIT {

    private static final long MB = 1 << 20;
    private static final long UPLOADS_FLOOR = 160 * MB;
    private static final long JOBS_FLOOR = 96 * MB;
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{2}/[0-9a-f]{2}/[^/]+");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static RegieServer server;
    private static RegieClient admin;
    private static Path disk;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        disk = Files.createDirectory(folder.resolve("disk"));
        // Programs, libraries and an empty database take some 350 MB of it.
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=800m,mode=711", "tmpfs", disk.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(mount.getInputStream().readAllBytes());
        assumeTrue(mount.waitFor() == 0, "A disk to fill must be mounted, and this account may not: " + said);
        server = RegieServer.start(
                disk,
                Map.of(
                        "REGIE_ADMIN_EMAIL",
                        RegieServer.EMAIL,
                        "REGIE_ADMIN_PASSWORD",
                        RegieServer.PASSWORD,
                        "REGIE_UPLOADS_FREE_SPACE_FLOOR",
                        UPLOADS_FLOOR / MB + "M",
                        "REGIE_JOBS_FREE_SPACE_FLOOR",
                        JOBS_FLOOR / MB + "M",
                        "REGIE_JOBS_FIRST_PAUSE",
                        "1S"),
                List.of());
        admin = RegieClient.admin(server);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
            new ProcessBuilder("umount", disk.toString()).start().waitFor();
        }
    }

    @AfterEach
    void makeRoom() throws IOException {
        if (server != null) {
            Files.deleteIfExists(ballast());
        }
    }

    @Test
    void refusesAnUploadThatDoesNotFit() throws Exception {
        HttpResponse<String> refused = admin.begin(free(), "film.mp4", "public");
        saysThatThereIsNoRoom(refused);
        assertThat(JSON.readTree(admin.get("/api/v1/uploads").body()).get("items"))
                .isEmpty();
        assertThat(inventory().files("uploads")).isEmpty();
    }

    @Test
    void goesOnWithAnUploadThatMetAFullDisk() throws Exception {
        byte[] film = padded(Clips.clip().seconds(4).writeIn(folder, "uploaded"), (int) (24 * MB));
        URI upload = admin.create(film.length, "uploaded.mp4", "public");
        int first = (int) (3 * MB);
        assertThat(admin.patch(upload, 0, Arrays.copyOf(film, first)).statusCode())
                .isEqualTo(204);

        saysThatThereIsNoRoom(admin.patch(
                upload,
                first,
                HttpRequest.BodyPublishers.ofInputStream(() -> fillingTheDiskAt(film, first, (int) (12 * MB)))));

        int kept = (int) offset(upload);
        assertThat(kept).isBetween(first, film.length - 1);
        saysThatThereIsNoRoom(admin.patch(upload, kept, Arrays.copyOfRange(film, kept, film.length)));
        assertThat(offset(upload)).isEqualTo(kept);
        assertThat(free()).as("uploads stop above the floor").isGreaterThan(JOBS_FLOOR);

        makeRoom();
        HttpResponse<String> whole = admin.patch(upload, kept, Arrays.copyOfRange(film, kept, film.length));
        assertThat(whole.statusCode()).as(whole.body()).isEqualTo(204);
        JsonNode media =
                admin.awaitReady(whole.headers().firstValue("Regie-Article").orElseThrow());
        assertThat(admin.bytes(media.get("original").get("url").asText()).body())
                .isEqualTo(film);
        everyFileHasItsRow();
    }

    @Test
    void letsATranscodeWaitForRoomAndSaysWhenThatDoesNotHelp() throws Exception {
        Path clip = Clips.clip()
                .size(1280, 720)
                .seconds(16)
                .container(Container.MKV)
                .openGroups()
                .writeIn(folder, "transcoded");
        String id = admin.upload(clip, "public");
        awaitTranscode(id, job -> job.get("progress").asDouble() > 0);
        fill(JOBS_FLOOR / 2);
        JsonNode waiting = awaitTranscode(id, job -> job.get("state").asText().equals("queued"));
        awaitTranscode(id, job -> log(job).contains("Waiting: the server's disk is nearly full."));
        assertThat(waiting.get("attempts").asInt()).isEqualTo(1);
        nothingIsHalfPublished(id);

        makeRoom();
        awaitTranscode(
                id,
                job -> job.get("attempts").asInt() == 2 && job.get("progress").asDouble() > 0);
        fill(JOBS_FLOOR / 2);
        JsonNode failed = awaitTranscode(id, job -> job.get("state").asText().equals("failed"));
        assertThat(failed.get("failure").get("kind").asText()).isEqualTo("resources");
        assertThat(failed.get("failure").get("reason").asText()).isEqualTo("no-space");
        assertThat(failed.get("failure").get("sentence").asText()).contains("disk is nearly full");
        assertThat(failed.get("failure").get("remedy").asText()).isEqualTo("more-space");
        nothingIsHalfPublished(id);

        makeRoom();
        HttpResponse<String> retried =
                admin.send("POST", "/api/v1/jobs/" + failed.get("id").asText() + "/retry", null);
        assertThat(retried.statusCode()).as(retried.body()).isEqualTo(202);
        JsonNode media = admin.awaitReady(id);
        assertThat(media.get("failure").isNull()).isTrue();
        admin.requireEverythingListed(media);
        everyFileHasItsRow();
    }

    @Test
    void bringsTheDatabaseBackThatEndedBecauseItsLogCouldNotGrow() throws Exception {
        byte[] film = Files.readAllBytes(Clips.clip().seconds(4).writeIn(folder, "acknowledged"));
        URI upload = admin.create(film.length, "acknowledged.mp4", "public");
        int half = film.length / 2;
        assertThat(admin.patch(upload, 0, Arrays.copyOf(film, half)).statusCode())
                .isEqualTo(204);

        fill(0);
        endTheDatabase();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.log().contains("PostgreSQL has ended; its disk is full"));
        assertThat(admin.get("/q/health/ready").statusCode()).isEqualTo(503);
        HttpResponse<String> away = admin.get("/api/v1/media");
        assertThat(away.statusCode()).as(away.body()).isEqualTo(503);
        assertThat(away.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");

        makeRoom();
        server.awaitReady();
        // Whoever started it says so when it has told that it is up, which others may notice before.
        await().atMost(Duration.ofSeconds(20)).until(() -> server.log().contains("PostgreSQL runs again"));
        assertThat(offset(upload)).isEqualTo(half);
        HttpResponse<String> whole = admin.patch(upload, half, Arrays.copyOfRange(film, half, film.length));
        assertThat(whole.statusCode()).as(whole.body()).isEqualTo(204);
        admin.awaitReady(whole.headers().firstValue("Regie-Article").orElseThrow());
        everyFileHasItsRow();
    }

    @Test
    void saysAtTheStartThatTheDiskIsFull() throws Exception {
        String id = admin.upload(Clips.clip().seconds(4).writeIn(folder, "before"), "public");
        admin.awaitReady(id);
        fill(0);
        endTheDatabase();
        server.kill();
        int said = server.log().length();
        server.launch();
        assertThat(server.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.process().exitValue()).isEqualTo(1);
        assertThat(server.log().substring(said))
                .contains("Regie cannot start. The database in", "its disk is full", "make room");

        makeRoom();
        server.startAgain();
        admin.requireEverythingListed(admin.awaitReady(id));
        everyFileHasItsRow();
    }

    private static void saysThatThereIsNoRoom(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(JSON.readTree(answer.body()).get("detail").asText()).contains("no space left");
    }

    /** Writes only its log of changes, until it has no disk for more. */
    private static void endTheDatabase() throws Exception {
        try (Connection connection = inventory().database()) {
            while (true) {
                connection
                        .createStatement()
                        .execute("select pg_logical_emit_message(false, 'ballast', repeat('x', 4000000), true)");
            }
        } catch (SQLException ended) {
            assertThat(ended.getSQLState()).as(ended.toString()).matches("(08|57P|53).*");
        }
    }

    private static void nothingIsHalfPublished(String id) throws Exception {
        awaitEmptyWorkspaces();
        assertThat(server.process().descendants())
                .noneMatch(child -> child.info().commandLine().orElse("").contains("io.regie.worker"));
        admin.requireEverythingListed(admin.media(id));
        assertThat(admin.get("/api/v1/media").statusCode()).isEqualTo(200);
    }

    /** What the sweeper would look for, both ways, and nothing on its way in or out. */
    private static void everyFileHasItsRow() throws Exception {
        // An article is ready as soon as it plays; the rest of its files may still come.
        await().atMost(Duration.ofMinutes(3)).until(() -> inventory().activeJobs() == 0);
        Set<String> stored = inventory().stored();
        assertThat(stored).allMatch(KEY.asMatchPredicate());
        assertThat(stored).isEqualTo(inventory().named()).isNotEmpty();
        assertThat(inventory().files("uploads")).isEmpty();
        awaitEmptyWorkspaces();
    }

    private static void awaitEmptyWorkspaces() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(inventory().files("workspaces")).isEmpty());
    }

    private static Inventory inventory() {
        return new Inventory(disk);
    }

    private static JsonNode awaitTranscode(String id, Predicate<JsonNode> wish) throws Exception {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> transcode(id), job -> job != null && wish.test(job));
    }

    private static JsonNode transcode(String id) throws Exception {
        for (JsonNode job : admin.jobs(id)) {
            if (job.get("type").asText().equals("transcoding.ladder")) {
                return JSON.readTree(
                        admin.get("/api/v1/jobs/" + job.get("id").asText()).body());
            }
        }
        return null;
    }

    private static String log(JsonNode job) {
        return job.get("log").asText();
    }

    private static long offset(URI upload) throws Exception {
        return admin.head(upload).headers().firstValueAsLong("Upload-Offset").orElseThrow();
    }

    /** A film with a last part that players skip. */
    private static byte[] padded(Path film, int bytes) throws IOException {
        byte[] whole = Files.readAllBytes(film);
        ByteBuffer padded = ByteBuffer.allocate(whole.length + bytes);
        padded.put(whole).putInt(bytes).put("free".getBytes());
        return padded.array();
    }

    /** The rest of a file from an offset; when it has been read up to there, the disk has no room for uploads any more. */
    private static InputStream fillingTheDiskAt(byte[] file, int from, int there) {
        InputStream filling = new InputStream() {
            @Override
            public int read() throws IOException {
                fill(UPLOADS_FLOOR - 16 * MB);
                return -1;
            }
        };
        return new SequenceInputStream(
                new SequenceInputStream(new ByteArrayInputStream(file, from, there - from), filling),
                new ByteArrayInputStream(file, there, file.length - there));
    }

    private static long free() {
        return disk.toFile().getUsableSpace();
    }

    private static Path ballast() {
        return disk.resolve("ballast");
    }

    /** @param left what remains */
    private static void fill(long left) throws IOException {
        byte[] block = new byte[(int) MB];
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            while (free() > left) {
                ballast.write(block, 0, (int) Math.min(block.length, free() - left));
            }
        } catch (IOException full) {
            assertThat(left).as(full.toString()).isZero();
        }
    }
}
