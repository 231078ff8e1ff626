package io.regie.core.uploads;

import static io.regie.core.uploads.TusServer.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that break, stall and overtake each other. */
class UploadCutsTest {

    private static final byte[] PNG = TusConformanceTest.png(3_000_000);

    @TempDir
    static Path directory;

    private static TusServer server;

    @BeforeAll
    static void start() {
        server = TusServer.start(directory, Map.of("read-timeout", "1500ms", "lock-patience", "10s"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void keepsWhatCameBeforeTheClientLeft() throws Exception {
        String location = server.create(PNG.length);
        try (RawPatch patch = new RawPatch(server, location, 0, PNG.length)) {
            patch.send(Arrays.copyOf(PNG, 1_000_000));
            awaitSize(location, 1_000_000);
            patch.finish();
            awaitOffset(location, 1_000_000);
        }
        complete(location, 1_000_000);
    }

    @Test
    void keepsWhatCameBeforeTheNetworkBroke() throws Exception {
        String location = server.create(PNG.length);
        RawPatch patch = new RawPatch(server, location, 0, PNG.length).send(Arrays.copyOf(PNG, 5000));
        awaitSize(location, 5000);
        patch.reset();
        awaitOffset(location, 5000);
        complete(location, 5000);
    }

    @Test
    void endsAClientThatStallsAndKeepsItsBytes() throws Exception {
        String location = server.create(PNG.length);
        try (RawPatch patch = new RawPatch(server, location, 0, PNG.length).send(Arrays.copyOf(PNG, 10_000))) {
            assertThat(patch.answer()).isEmpty();
        }
        awaitOffset(location, 10_000);
        complete(location, 10_000);
    }

    @Test
    void answersAStatusDuringAStuckRequest() throws Exception {
        String location = server.create(PNG.length);
        try (RawPatch patch = new RawPatch(server, location, 0, PNG.length).send(Arrays.copyOf(PNG, 7000))) {
            awaitSize(location, 7000);
            long before = System.nanoTime();
            HttpResponse<String> status = server.head(location).send();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
            assertThat(status.statusCode()).isEqualTo(200);
            assertThat(header(status, "Upload-Offset")).isEqualTo("7000");
            assertThat(patch.answer()).startsWith("HTTP/1.1 400 ");
        }
        complete(location, 7000);
    }

    @Test
    void letsANewRequestTakeOverFromAStuckOne() throws Exception {
        String location = server.create(PNG.length);
        try (RawPatch patch = new RawPatch(server, location, 0, PNG.length).send(Arrays.copyOf(PNG, 7000))) {
            awaitSize(location, 7000);
            // A while after the first one sent its last byte it counts as stuck; until then it is only slow.
            await().pollInterval(Duration.ofMillis(200))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> server.patch(location, 7000, Arrays.copyOfRange(PNG, 7000, 8000))
                                    .send()
                                    .statusCode()
                            == 204);
        }
        complete(location, 8000);
    }

    @Test
    void letsOneOfTwoWin() throws Exception {
        String location = server.create(PNG.length);
        List<CompletableFuture<Integer>> both = Stream.of(1, 2)
                .map(i -> CompletableFuture.supplyAsync(
                        () -> server.patch(location, 0, PNG).send().statusCode(),
                        runnable -> new Thread(runnable).start()))
                .toList();
        List<Integer> statuses =
                both.stream().map(CompletableFuture::join).sorted().toList();
        assertThat(statuses.get(0)).isEqualTo(204);
        assertThat(statuses.get(1)).isIn(409, 423);
        assertWhole(location);
    }

    @Test
    void terminatesDuringARequest() throws Exception {
        String location = server.create(PNG.length);
        try (RawPatch patch = new RawPatch(server, location, 0, PNG.length).send(Arrays.copyOf(PNG, 7000))) {
            awaitSize(location, 7000);
            assertThat(server.as(server.alice, "DELETE", location).send().statusCode())
                    .isEqualTo(204);
            assertThat(patch.answer()).startsWith("HTTP/1.1 400 ");
        }
        assertThat(server.file(location)).doesNotExist();
        assertThat(server.head(location).send().statusCode()).isEqualTo(404);
    }

    @Test
    void doesNotCountBytesWhoseChecksumWasNeverCompared() throws Exception {
        String location = server.create(PNG.length);
        server.patch(location, 0, Arrays.copyOf(PNG, 100)).send();
        RawPatch patch = new RawPatch(
                        server, location, 100, PNG.length - 100, "Upload-Checksum: sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk=")
                .send(Arrays.copyOfRange(PNG, 100, 50_000));
        awaitSize(location, 50_000);
        patch.reset();
        awaitSize(location, 100);
        complete(location, 100);
    }

    @Test
    void survivesManyCuts() throws Exception {
        Random random = new Random(42);
        for (int round = 0; round < 10; round++) {
            String location = server.create(PNG.length);
            int offset = 0;
            int sent = 0;
            for (int cut = 0; cut < 5; cut++) {
                int part = random.nextInt(400_000);
                RawPatch patch = new RawPatch(server, location, offset, PNG.length - offset)
                        .send(Arrays.copyOfRange(PNG, offset, offset + part));
                sent = Math.max(sent, offset + part);
                if (random.nextBoolean()) {
                    patch.reset();
                } else {
                    patch.finish();
                }
                HttpResponse<String> status = server.head(location).send();
                assertThat(status.statusCode()).isEqualTo(200);
                int now = Integer.parseInt(header(status, "Upload-Offset"));
                assertThat(now).isBetween(offset, sent);
                offset = now;
            }
            completePatiently(location);
        }
    }

    @Test
    void asksForTheBodyWhenTheClientWaitsToBeAsked() throws Exception {
        String location = server.create(PNG.length);
        try (RawPatch patch = new RawPatch(server, location, 0, 1000, "Expect: 100-continue")) {
            assertThat(patch.answer()).startsWith("HTTP/1.1 100 ");
            patch.send(Arrays.copyOf(PNG, 1000));
            assertThat(patch.answer()).startsWith("HTTP/1.1 204 ");
        }
        try (RawPatch patch = new RawPatch(server, location, 0, 1000, "Expect: 100-continue")) {
            assertThat(patch.answer()).startsWith("HTTP/1.1 409 ");
        }
    }

    private static void complete(String location, int offset) throws Exception {
        HttpResponse<String> last = server.patch(location, offset, Arrays.copyOfRange(PNG, offset, PNG.length))
                .send();
        assertThat(last.statusCode()).isEqualTo(204);
        assertWhole(location);
    }

    /** As clients do: a request that the network delayed may get ahead of ours once more. */
    private static void completePatiently(String location) throws Exception {
        await().until(() -> {
            int offset = Integer.parseInt(header(server.head(location).send(), "Upload-Offset"));
            return server.patch(location, offset, Arrays.copyOfRange(PNG, offset, PNG.length))
                            .send()
                            .statusCode()
                    == 204;
        });
        assertWhole(location);
    }

    private static void assertWhole(String location) throws Exception {
        UUID id = UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
        UploadFinished.Upload upload = server.media.articles.get(id).upload();
        String expected =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(PNG));
        assertThat(upload.file().sha256()).isEqualTo(expected);
        assertThat(Files.readAllBytes(server.storage.localFile(upload.file().key())))
                .isEqualTo(PNG);
    }

    private static void awaitOffset(String location, long offset) {
        await().untilAsserted(() -> assertThat(server.uploads
                        .find(UUID.fromString(location.substring(location.lastIndexOf('/') + 1)))
                        .orElseThrow()
                        .acknowledged())
                .isEqualTo(offset));
    }

    private static void awaitSize(String location, long size) {
        await().untilAsserted(() -> assertThat(server.file(location)).hasSize(size));
    }
}
