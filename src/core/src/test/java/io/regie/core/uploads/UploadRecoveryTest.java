package io.regie.core.uploads;

import static io.regie.core.uploads.TusServer.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.regie.core.storage.Disk;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash, a power cut or a failing disk leaves at each step, and how it goes on from there. */
class UploadRecoveryTest {

    private static final byte[] PNG = TusConformanceTest.png(100_000);

    @TempDir
    Path directory;

    private TusServer server;

    @BeforeEach
    void start() {
        server = TusServer.start(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void goesOnAfterARestart() throws Exception {
        String location = server.create(PNG.length);
        server.patch(location, 0, Arrays.copyOf(PNG, 60_000)).send();
        server.restart();
        assertThat(header(server.head(location).send(), "Upload-Offset")).isEqualTo("60000");
        assertWhole(location, server.patch(location, 60_000, rest(60_000)).send());
    }

    @Test
    void believesBytesThatWereWrittenBeforeTheProcessDied() throws Exception {
        String location = server.create(PNG.length);
        server.patch(location, 0, Arrays.copyOf(PNG, 1000)).send();
        server.uploads.begin(id(location), bootOf());
        append(location, 1000, 5000);
        server.restart();
        assertThat(header(server.head(location).send(), "Upload-Offset")).isEqualTo("5000");
        assertWhole(location, server.patch(location, 5000, rest(5000)).send());
    }

    @Test
    void doesNotBelieveThemAfterAPowerCut() throws Exception {
        String location = server.create(PNG.length);
        server.patch(location, 0, Arrays.copyOf(PNG, 1000)).send();
        server.uploads.begin(id(location), "another-boot");
        append(location, 1000, 5000);
        server.restart();
        assertThat(header(server.head(location).send(), "Upload-Offset")).isEqualTo("1000");
        assertWhole(location, server.patch(location, 1000, rest(1000)).send());
    }

    @Test
    void doesNotBelieveBytesWhoseChecksumWasNotCompared() throws Exception {
        String location = server.create(PNG.length);
        server.uploads.begin(id(location), null);
        append(location, 0, 5000);
        server.restart();
        assertThat(header(server.head(location).send(), "Upload-Offset")).isEqualTo("0");
    }

    @Test
    void saysGoneWhenAcknowledgedBytesAreMissing() throws Exception {
        String location = server.create(PNG.length);
        server.patch(location, 0, Arrays.copyOf(PNG, 1000)).send();
        try (FileChannel file = FileChannel.open(server.file(location), StandardOpenOption.WRITE)) {
            file.truncate(999);
        }
        assertThat(server.head(location).send().statusCode()).isEqualTo(410);
        assertThat(server.patch(location, 999, rest(999)).send().statusCode()).isEqualTo(410);
        Files.delete(server.file(location));
        assertThat(server.head(location).send().statusCode()).isEqualTo(410);
        assertThat(server.as(server.alice, "DELETE", location).send().statusCode())
                .isEqualTo(204);
    }

    @Test
    void finishesAtStartWhatWasCompleteWhenTheServerDied() throws Exception {
        String location = completeWithoutOutcome();
        assertThat(server.media.articles).isEmpty();
        server.restart();
        server.recovery.run();
        assertThat(server.media.articles).containsOnlyKeys(id(location));
        assertWhole(location, server.head(location).send());
        server.recovery.run();
        assertThat(server.media.articles).hasSize(1);
    }

    @Test
    void finishesAtTheNextStatusWhatWasCompleteWhenTheServerDied() throws Exception {
        String location = completeWithoutOutcome();
        server.restart();
        HttpResponse<String> status = server.head(location).send();
        assertThat(status.statusCode()).isEqualTo(200);
        assertWhole(location, status);
    }

    @Test
    void finishesWhatWasWrittenToItsEndButNotAcknowledged() throws Exception {
        String location = server.create(PNG.length);
        server.uploads.begin(id(location), bootOf());
        Files.write(server.file(location), PNG);
        server.restart();
        HttpResponse<String> status = server.head(location).send();
        assertWhole(location, status);
        assertThat(header(server.head(location).send(), "Upload-Offset")).isEqualTo("100000");
    }

    @Test
    void makesOneArticleWhenTheServerDiedBetweenStorageAndCommit() throws Exception {
        // The file was published and nothing knew; the observer's failure stands for the crash.
        server.media.failure = new IllegalStateException("crash");
        String location = server.create(PNG.length);
        assertThat(server.patch(location, 0, PNG).send().statusCode()).isEqualTo(500);
        assertThat(server.file(location)).exists();
        server.restart();
        server.media.failure = null;
        assertWhole(location, server.patch(location, PNG.length, new byte[0]).send());
        assertThat(server.media.articles).hasSize(1);
        assertThat(server.file(location)).doesNotExist();
    }

    @Test
    void makesOneArticleHoweverOftenItIsFinished() throws Exception {
        String location = completeWithoutOutcome();
        server.restart();
        var all = java.util.stream.IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> i % 2 == 0
                                ? server.head(location).send()
                                : server.patch(location, PNG.length, new byte[0])
                                        .send(),
                        runnable -> new Thread(runnable).start()))
                .toList();
        all.forEach(answer -> assertThat(header(answer.join(), "Regie-Article"))
                .as("%s %s", answer.join().statusCode(), answer.join().body())
                .isEqualTo(server.media.articles.get(id(location)).id().toString()));
        assertThat(server.media.articles).hasSize(1);
    }

    @Test
    void stopsAtAFullDiskAndGoesOnWhenThereIsRoom() throws Exception {
        AtomicBoolean full = new AtomicBoolean();
        server.disk = new FailingDisk() {
            @Override
            public long usableBytes(Path place) throws IOException {
                return full.get() ? 0 : REAL.usableBytes(place);
            }
        };
        String location = server.create(PNG.length);
        server.patch(location, 0, Arrays.copyOf(PNG, 1000)).send();
        full.set(true);
        HttpResponse<String> refused = server.patch(location, 1000, rest(1000)).send();
        assertThat(refused.statusCode()).isEqualTo(507);
        assertThat(refused.body()).contains("no space left");
        HttpResponse<String> status = server.head(location).send();
        assertThat(status.statusCode()).isEqualTo(200);
        assertThat(header(status, "Upload-Offset")).isEqualTo("1000");
        full.set(false);
        assertWhole(location, server.patch(location, 1000, rest(1000)).send());
    }

    @Test
    void acknowledgesNothingThatCannotBeMadeDurable() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        server.disk = new FailingDisk() {
            private int syncs;

            @Override
            public void sync(FileChannel file) throws IOException {
                if (broken.get() && syncs++ == 0) {
                    throw new IOException("Input/output error");
                }
                REAL.sync(file);
            }
        };
        String location = server.create(PNG.length);
        server.patch(location, 0, Arrays.copyOf(PNG, 1000)).send();
        broken.set(true);
        assertThat(server.patch(location, 1000, rest(1000)).send().statusCode()).isEqualTo(500);
        assertThat(header(server.head(location).send(), "Upload-Offset")).isEqualTo("1000");
        assertThat(Files.size(server.file(location))).isEqualTo(1000);
        assertWhole(location, server.patch(location, 1000, rest(1000)).send());
    }

    @Test
    void startsOverWhenPublishingLosesTheBytes() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        server.disk = new FailingDisk() {
            @Override
            public void sync(Path file) throws IOException {
                if (broken.get()) {
                    throw new IOException("Input/output error");
                }
                REAL.sync(file);
            }
        };
        String location = server.create(PNG.length);
        assertThat(server.patch(location, 0, PNG).send().statusCode()).isEqualTo(500);
        assertThat(server.head(location).send().statusCode()).isEqualTo(404);
        assertThat(server.file(location)).doesNotExist();
        assertThat(server.media.articles).isEmpty();
    }

    @Test
    void clearsAwayFilesWhoseRowsAreGone() throws Exception {
        String growing = server.create(PNG.length);
        String lost = server.create(PNG.length);
        server.uploads.delete(id(lost));
        Path others = Files.createFile(server.file(lost).resolveSibling("somebody's notes"));
        for (Path file : new Path[] {server.file(growing), server.file(lost), others}) {
            Files.setLastModifiedTime(file, FileTime.from(server.now.minus(Duration.ofHours(2))));
        }
        assertThat(server.expiry().deleteExpired()).isEqualTo(1);
        assertThat(server.file(growing)).exists();
        assertThat(server.file(lost)).doesNotExist();
        assertThat(others).exists();
    }

    /** All bytes are acknowledged; then the server dies. */
    private String completeWithoutOutcome() throws IOException {
        String location = server.create(PNG.length);
        Files.write(server.file(location), PNG);
        server.uploads.acknowledge(id(location), PNG.length, Instant.now().plus(Duration.ofDays(900)));
        return location;
    }

    private void append(String location, int from, int to) throws IOException {
        Files.write(server.file(location), Arrays.copyOfRange(PNG, from, to), StandardOpenOption.APPEND);
    }

    private static byte[] rest(int offset) {
        return Arrays.copyOfRange(PNG, offset, PNG.length);
    }

    private static String bootOf() throws IOException {
        Path known = Path.of("/proc/sys/kernel/random/boot_id");
        return Files.readString(known).strip();
    }

    private void assertWhole(String location, HttpResponse<String> last) throws Exception {
        await().untilAsserted(() -> assertThat(server.media.articles).containsKey(id(location)));
        FakeMedia.Article article = server.media.articles.get(id(location));
        assertThat(header(last, "Regie-Article")).isEqualTo(article.id().toString());
        assertThat(article.upload().file().sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(PNG)));
        assertThat(Files.readAllBytes(
                        server.storage.localFile(article.upload().file().key())))
                .isEqualTo(PNG);
    }

    private static UUID id(String location) {
        return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    }

    private abstract static class FailingDisk implements Disk {

        @Override
        public void sync(Path file) throws IOException {
            REAL.sync(file);
        }

        @Override
        public void sync(FileChannel file) throws IOException {
            REAL.sync(file);
        }

        @Override
        public long usableBytes(Path place) throws IOException {
            return REAL.usableBytes(place);
        }
    }
}
