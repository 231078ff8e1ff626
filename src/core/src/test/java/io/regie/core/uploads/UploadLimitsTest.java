package io.regie.core.uploads;

import static io.regie.core.uploads.TusServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.regie.core.access.Caller;
import io.regie.core.access.Role;
import io.regie.core.access.Scope;
import io.regie.core.access.Visibility;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What uploads may not do: to the disk, to other accounts, to whoever opens their file. */
class UploadLimitsTest {

    private static final byte[] PNG = TusConformanceTest.png(1000);

    @TempDir
    Path directory;

    private TusServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void refusesMoreThanTheLongestFile() {
        server = TusServer.start(directory, Map.of("max-size", "1000"));
        assertThat(begin(server.alice, 1001).statusCode()).isEqualTo(413);
        assertThat(begin(server.alice, 1000).statusCode()).isEqualTo(201);
        assertThat(unfinishedFiles()).isEqualTo(1);
    }

    @Test
    void holdsADeferredLengthToTheLongestFile() {
        server = TusServer.start(directory, Map.of("max-size", "1000"));
        String location = header(server.post().with("Upload-Defer-Length", "1").send(), "Location");
        assertThat(server.patch(location, 0, new byte[1001]).send().statusCode())
                .isEqualTo(413);
        assertThat(server.patch(location, 0, new byte[600]).send().statusCode()).isEqualTo(204);
        assertThat(server.patch(location, 600, new byte[401]).send().statusCode())
                .isEqualTo(413);
        assertThat(server.patch(location, 600, new byte[1])
                        .with("Upload-Length", "1001")
                        .send()
                        .statusCode())
                .isEqualTo(413);
        assertThat(server.patch(location, 600, new byte[1])
                        .with("Upload-Length", "599")
                        .send()
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void capsUnfinishedUploadsOfAnAccount() {
        server = TusServer.start(directory, Map.of("max-unfinished", "3"));
        List<Integer> statuses = inParallel(20, () -> begin(server.alice, 10).statusCode());
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(3);
        assertThat(statuses).filteredOn(status -> status == 429).hasSize(17);
        assertThat(begin(server.bob, 10).statusCode()).isEqualTo(201);
        assertThat(unfinishedFiles()).isEqualTo(4);
    }

    @Test
    void givesTheLastBytesOfAQuotaToOneOnly() {
        server = TusServer.start(directory, Map.of("quota", "3000"));
        assertThat(upload(PNG).statusCode()).isEqualTo(204);
        List<Integer> statuses = inParallel(10, () -> begin(server.alice, 1500).statusCode());
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 413).hasSize(9);
        assertThat(server.quotas.find(caller(server.alice))).contains(new Quota(3000, 500));
        assertThat(begin(server.alice, 501).statusCode()).isEqualTo(413);
        String last = header(begin(server.alice, 500), "Location");
        assertThat(begin(server.alice, 1).statusCode()).isEqualTo(413);
        assertThat(server.as(server.alice, "DELETE", last).send().statusCode()).isEqualTo(204);
        assertThat(begin(server.alice, 500).statusCode()).isEqualTo(201);
        assertThat(begin(server.bob, 3000).statusCode()).isEqualTo(201);
        assertThat(server.quotas.find(caller(server.bob))).contains(new Quota(3000, 0));
    }

    private static Caller caller(UUID account) {
        return new Caller(account, Role.CONTRIBUTOR, Set.of(Scope.EVERYTHING), Caller.Via.NOTHING);
    }

    @Test
    void leavesTheDiskItsFloor() {
        server = TusServer.start(directory, Map.of("free-space-floor", Long.toString(Long.MAX_VALUE / 2)));
        HttpResponse<String> answer = begin(server.alice, 10);
        assertThat(answer.statusCode()).isEqualTo(507);
        assertThat(answer.body()).contains("no-space");
        assertThat(unfinishedFiles()).isZero();
    }

    @Test
    void showsStrangersNothing() {
        server = TusServer.start(directory);
        String location = server.create(PNG.length);
        for (UUID stranger : List.of(server.bob, server.reader)) {
            assertThat(server.as(stranger, "HEAD", location).send().statusCode())
                    .isEqualTo(404);
            assertThat(server.as(stranger, "DELETE", location).send().statusCode())
                    .isEqualTo(404);
            assertThat(server.as(stranger, "PATCH", location)
                            .with("Content-Type", "application/offset+octet-stream")
                            .with("Upload-Offset", "0")
                            .body(PNG)
                            .send()
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(server.head(location).without("Authorization").send().statusCode())
                .isEqualTo(401);
        assertThat(header(server.head(location).send(), "Upload-Offset")).isEqualTo("0");
        server.patch(location, 0, PNG).send();
        HttpResponse<String> finished = server.as(server.bob, "HEAD", location).send();
        assertThat(finished.statusCode()).isEqualTo(404);
        assertThat(header(finished, "Regie-Article")).isNull();
    }

    @Test
    void refusesAccountsThatMayNotUpload() {
        server = TusServer.start(directory);
        assertThat(begin(server.reader, 10).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.mp4", "a.m3u8", "a.mpd", "a.ffconcat", "a.txt", "a.ans", "a.sdp", "a.avi", "../a.png"})
    void refusesTextUnderAnyName(String name) {
        server = TusServer.start(directory);
        for (String text : List.of(
                "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
                "ffconcat version 1.0\nfile victim.mp4\n",
                "<MPD><BaseURL>file:///etc/passwd</BaseURL></MPD>")) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            String location = header(
                    server.post()
                            .with("Upload-Length", Integer.toString(bytes.length))
                            .with("Upload-Metadata", "filename " + base64(name) + ",filetype " + base64("video/mp4"))
                            .send(),
                    "Location");
            HttpResponse<String> refused = server.patch(location, 0, bytes).send();
            assertThat(refused.statusCode()).isEqualTo(415);
            assertThat(refused.body()).contains("unsupported-type");
            assertThat(server.head(location).send().statusCode()).isEqualTo(415);
            assertThat(server.patch(location, bytes.length, new byte[0]).send().statusCode())
                    .isEqualTo(415);
        }
        assertThat(server.media.articles).isEmpty();
        assertThat(unfinishedFiles()).isZero();
        assertThat(storedFiles()).isZero();
    }

    @Test
    void takesNamesAsLabels() {
        server = TusServer.start(directory);
        HttpResponse<String> created = server.post()
                .with("Upload-Length", Integer.toString(PNG.length))
                .with(
                        "Upload-Metadata",
                        "filename " + base64("../../../etc/a%03d.png\u0000") + ",title " + base64("Ünïcode")
                                + ",visibility " + base64("private"))
                .send();
        server.patch(header(created, "Location"), 0, PNG).send();
        UploadFinished.Upload upload =
                server.media.articles.values().iterator().next().upload();
        assertThat(upload.filename()).isEqualTo("../../../etc/a%03d.png");
        assertThat(upload.title()).isEqualTo("Ünïcode");
        assertThat(upload.visibility()).isEqualTo(Visibility.PRIVATE);
        assertThat(upload.owner()).isEqualTo(server.alice);
        assertThat(upload.file().key()).matches("[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}-[0-9a-f]{16}\\.png");
        assertThat(storedFiles()).isEqualTo(1);
    }

    @Test
    void tellsWhyMediaRefusedTheFile() {
        server = TusServer.start(directory);
        server.media.refuseAll(new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "uploads.too-large", 5));
        HttpResponse<String> refused = upload(PNG);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("at most 5 bytes");
        assertThat(header(refused, "Regie-Article")).isNull();
        server.restart();
        String location =
                TusRoutes.PATH + "/" + server.media.articles.keySet().iterator().next();
        HttpResponse<String> again =
                server.patch(location, PNG.length, new byte[0]).send();
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body()).contains("at most 5 bytes");
        assertThat(server.head(location).send().statusCode()).isEqualTo(422);
    }

    @Test
    void doesNotWaitForeverForTheVerdict() {
        server = TusServer.start(directory, Map.of("verdict-patience", "100ms"));
        server.media.verdict = new CompletableFuture<>();
        HttpResponse<String> undecided = upload(PNG);
        assertThat(undecided.statusCode()).isEqualTo(204);
        assertThat(header(undecided, "Regie-Article")).isNotNull();
        String location =
                TusRoutes.PATH + "/" + server.media.articles.keySet().iterator().next();
        assertThat(server.head(location).send().statusCode()).isEqualTo(200);
        server.media.verdict.completeExceptionally(
                new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "uploads.type-unknown"));
        assertThat(server.head(location).send().statusCode()).isEqualTo(422);
    }

    @Test
    void leavesNothingOfAFileThatMediaRefusedAtOnce() {
        server = TusServer.start(directory);
        server.media.failure = new ProblemException(ProblemType.UNSUPPORTED_TYPE, "uploads.type-unknown");
        assertThat(upload(PNG).statusCode()).isEqualTo(415);
        assertThat(storedFiles()).isZero();
        assertThat(unfinishedFiles()).isZero();
    }

    @Test
    void warnsOfDuplicatesOfTheSameOwnerOnly() {
        server = TusServer.start(directory);
        HttpResponse<String> first = upload(PNG);
        assertThat(header(first, "Regie-Duplicate-Of")).isNull();
        HttpResponse<String> second = upload(PNG);
        assertThat(header(second, "Regie-Duplicate-Of")).isEqualTo(header(first, "Regie-Article"));
        assertThat(header(second, "Regie-Article")).isNotEqualTo(header(first, "Regie-Article"));
        HttpResponse<String> bobs = server.as(server.bob, "POST", TusRoutes.PATH)
                .with("Upload-Length", Integer.toString(PNG.length))
                .with("Content-Type", "application/offset+octet-stream")
                .body(PNG)
                .send();
        assertThat(bobs.statusCode()).isEqualTo(201);
        assertThat(header(bobs, "Regie-Duplicate-Of")).isNull();
    }

    private HttpResponse<String> begin(UUID account, long length) {
        return server.as(account, "POST", TusRoutes.PATH)
                .with("Upload-Length", Long.toString(length))
                .send();
    }

    private HttpResponse<String> upload(byte[] bytes) {
        return server.patch(server.create(bytes.length), 0, bytes).send();
    }

    private long unfinishedFiles() {
        return files(directory.resolve("uploads"));
    }

    private long storedFiles() {
        return files(directory.resolve("storage"));
    }

    private static long files(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile).count();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static <T> List<T> inParallel(int count, java.util.function.Supplier<T> work) {
        List<CompletableFuture<T>> running = IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.supplyAsync(work, runnable -> new Thread(runnable).start()))
                .toList();
        return running.stream().map(CompletableFuture::join).toList();
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}
