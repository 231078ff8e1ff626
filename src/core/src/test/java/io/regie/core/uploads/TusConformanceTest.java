package io.regie.core.uploads;

import static io.regie.core.uploads.TusServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol, step by step, as its text and security.md 5.5 have it. */
class TusConformanceTest {

    @TempDir
    static Path directory;

    private static TusServer server;

    private static final byte[] PNG = png(5000);

    @BeforeAll
    static void start() {
        server = TusServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void tellsWhatItSpeaksWithoutAskingForAVersion() {
        HttpResponse<String> answer = server.as(server.alice, "OPTIONS", TusRoutes.PATH)
                .without("Tus-Resumable")
                .without("Authorization")
                .send();
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
        assertThat(header(answer, "Tus-Extension").split(","))
                .contains("creation", "creation-with-upload", "termination", "checksum", "expiration");
        assertThat(header(answer, "Tus-Max-Size")).isEqualTo(Long.toString(50L << 30));
        assertThat(header(answer, "Tus-Checksum-Algorithm")).isEqualTo("sha1,sha256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.2.2", "1.0", "2.0.0"})
    void refusesOtherVersions(String version) {
        HttpResponse<String> answer = server.post()
                .with("Tus-Resumable", version)
                .with("Upload-Length", "5")
                .send();
        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 400",
        "5, 1, 400",
        "'', 2, 400",
        "-1, '', 400",
        "abc, '', 400",
        "5, '', 201",
        "0, '', 201",
        "'', 1, 201",
        "4611686018427387904, '', 413",
        "99999999999999999999999, '', 413"
    })
    void createsWithOneKindOfLength(String length, String defer, int status) {
        TusServer.Request request = server.post();
        if (!length.isEmpty()) {
            request.with("Upload-Length", length);
        }
        if (!defer.isEmpty()) {
            request.with("Upload-Defer-Length", defer);
        }
        HttpResponse<String> answer = request.send();
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
        if (status == 201) {
            assertThat(header(answer, "Location")).startsWith("/api/v1/uploads/");
            assertThat(header(answer, "Upload-Expires")).isEqualTo("Sun, 29 Nov 2026 12:00:00 GMT");
        } else {
            assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        }
    }

    @Test
    void tellsTheOffsetAndLength() {
        String location = server.create(100);
        HttpResponse<String> answer = server.head(location).send();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Upload-Offset")).isEqualTo("0");
        assertThat(header(answer, "Upload-Length")).isEqualTo("100");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(answer, "Upload-Defer-Length")).isNull();
    }

    @Test
    void givesTheMetadataBackAsItCame() {
        String metadata = "filename YS5wbmc=,custom 4pi6,flag";
        String location = header(
                server.post()
                        .with("Upload-Length", "10")
                        .with("Upload-Metadata", metadata)
                        .send(),
                "Location");
        assertThat(header(server.head(location).send(), "Upload-Metadata")).isEqualTo(metadata);
        assertThat(header(server.head(server.create(10)).send(), "Upload-Metadata"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "PATCH", "DELETE"})
    void knowsNothingOfOtherIds(String method) {
        for (String id : new String[] {UUID.randomUUID().toString(), "x", "..%2fx", "%00", "a".repeat(300)}) {
            HttpResponse<String> answer = server.as(server.alice, method, TusRoutes.PATH + "/" + id)
                    .with("Content-Type", "application/offset+octet-stream")
                    .with("Upload-Offset", "0")
                    .send();
            assertThat(answer.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void takesAFileInPartsAndGivesItsArticle() throws Exception {
        String location = server.create(PNG.length);
        HttpResponse<String> first =
                server.patch(location, 0, Arrays.copyOf(PNG, 2000)).send();
        assertThat(first.statusCode()).isEqualTo(204);
        assertThat(header(first, "Upload-Offset")).isEqualTo("2000");
        assertThat(header(first, "Regie-Article")).isNull();
        HttpResponse<String> last = server.patch(location, 2000, Arrays.copyOfRange(PNG, 2000, PNG.length))
                .send();
        assertThat(last.statusCode()).isEqualTo(204);
        assertThat(header(last, "Upload-Offset")).isEqualTo("5000");
        FakeMedia.Article article = server.media.articles.get(id(location));
        assertThat(header(last, "Regie-Article")).isEqualTo(article.id().toString());
        assertThat(article.upload().mediaType()).isEqualTo("image/png");
        assertThat(Files.readAllBytes(
                        server.storage.localFile(article.upload().file().key())))
                .isEqualTo(PNG);
        assertThat(server.file(location)).doesNotExist();
        HttpResponse<String> status = server.head(location).send();
        assertThat(status.statusCode()).isEqualTo(200);
        assertThat(header(status, "Regie-Article")).isEqualTo(article.id().toString());
        assertThat(header(status, "Upload-Offset")).isEqualTo("5000");
    }

    @Test
    void takesAFileWithItsCreation() {
        HttpResponse<String> created = server.post()
                .with("Upload-Length", Integer.toString(PNG.length))
                .with("Content-Type", "application/offset+octet-stream")
                .body(PNG)
                .send();
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(header(created, "Upload-Offset")).isEqualTo("5000");
        assertThat(header(created, "Regie-Article")).isNotNull();
        assertThat(header(created, "Location")).isNotNull();
    }

    @Test
    void takesTheBeginningWithTheCreation() {
        HttpResponse<String> created = server.post()
                .with("Upload-Length", "5000")
                .with("Content-Type", "application/offset+octet-stream")
                .body(Arrays.copyOf(PNG, 10))
                .send();
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(header(created, "Upload-Offset")).isEqualTo("10");
        assertThat(header(server.head(header(created, "Location")).send(), "Upload-Offset"))
                .isEqualTo("10");
    }

    @Test
    void refusesACreationWithMoreThanItsLength() {
        assertThat(server.post()
                        .with("Upload-Length", "10")
                        .with("Content-Type", "application/offset+octet-stream")
                        .body(PNG)
                        .send()
                        .statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({"0, 409", "5, 409", "11, 409", "-1, 400", "x, 400", "'', 400"})
    void refusesAnotherOffset(String offset, int status) {
        String location = server.create(100);
        server.patch(location, 0, new byte[10]).send();
        HttpResponse<String> answer = server.patch(location, 0, new byte[10])
                .with("Upload-Offset", offset)
                .send();
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(server.head(location).send(), "Upload-Offset")).isEqualTo("10");
    }

    @Test
    void refusesAnotherContentType() {
        String location = server.create(100);
        assertThat(server.patch(location, 0, new byte[10])
                        .with("Content-Type", "video/mp4")
                        .send()
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void neverStoresMoreThanDeclared() throws Exception {
        String location = server.create(100);
        assertThat(server.patch(location, 0, new byte[101]).send().statusCode()).isEqualTo(413);
        byte[] tooMuch = new byte[200_000];
        HttpResponse<String> chunked = server.patch(location, 0, new byte[0])
                .body(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(tooMuch)))
                .send();
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(header(server.head(location).send(), "Upload-Offset")).isEqualTo("0");
        assertThat(Files.size(server.file(location))).isZero();
    }

    @Test
    void repeatsTheOutcomeOfAFinishedUpload() {
        String location = upload(PNG);
        UUID article = server.media.articles.get(id(location)).id();
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> again =
                    server.patch(location, PNG.length, new byte[0]).send();
            assertThat(again.statusCode()).isEqualTo(204);
            assertThat(header(again, "Regie-Article")).isEqualTo(article.toString());
        }
        assertThat(server.patch(location, 0, PNG).send().statusCode()).isEqualTo(409);
        assertThat(server.patch(location, PNG.length, new byte[1]).send().statusCode())
                .isEqualTo(413);
    }

    @Test
    void offersNoMethodOverride() {
        String location = server.create(100);
        assertThat(server.as(server.alice, "POST", location)
                        .with("X-HTTP-Method-Override", "PATCH")
                        .with("Upload-Offset", "0")
                        .with("Content-Type", "application/offset+octet-stream")
                        .body(new byte[10])
                        .send()
                        .statusCode())
                .isIn(404, 405);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2000, 5000})
    void takesADeferredLengthOnceAtAnyTime(int declaredAt) {
        HttpResponse<String> created =
                server.post().with("Upload-Defer-Length", "1").send();
        String location = header(created, "Location");
        assertThat(header(server.head(location).send(), "Upload-Defer-Length")).isEqualTo("1");
        if (declaredAt > 0) {
            assertThat(server.patch(location, 0, Arrays.copyOf(PNG, declaredAt))
                            .send()
                            .statusCode())
                    .isEqualTo(204);
        }
        HttpResponse<String> last = server.patch(location, declaredAt, Arrays.copyOfRange(PNG, declaredAt, 5000))
                .with("Upload-Length", "5000")
                .send();
        assertThat(last.statusCode()).isEqualTo(204);
        assertThat(header(last, "Regie-Article")).isNotNull();
    }

    @Test
    void refusesASecondLength() {
        String location = server.create(5000);
        assertThat(server.patch(location, 0, new byte[10])
                        .with("Upload-Length", "6000")
                        .send()
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"sha1, SHA-1", "sha256, SHA-256"})
    void comparesChecksums(String name, String algorithm) throws Exception {
        byte[] part = Arrays.copyOf(PNG, 1000);
        String right = name + " "
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance(algorithm).digest(part));
        String wrong = name + " "
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance(algorithm).digest());
        String location = server.create(PNG.length);
        assertThat(server.patch(location, 0, part)
                        .with("Upload-Checksum", right)
                        .send()
                        .statusCode())
                .isEqualTo(204);
        HttpResponse<String> refused = server.patch(location, 1000, part)
                .with("Upload-Checksum", wrong)
                .send();
        assertThat(refused.statusCode()).isEqualTo(460);
        assertThat(header(server.head(location).send(), "Upload-Offset")).isEqualTo("1000");
        assertThat(Files.size(server.file(location))).isEqualTo(1000);
        HttpResponse<String> last = server.patch(location, 1000, Arrays.copyOfRange(PNG, 1000, 5000))
                .send();
        assertThat(last.statusCode()).isEqualTo(204);
        assertThat(server.media.articles.get(id(location)).upload().file().sha256())
                .isEqualTo(java.util.HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(PNG)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha1", "sha1 ???", "sha1 a b"})
    void refusesChecksumsItCannotCompare(String checksum) {
        String location = server.create(100);
        assertThat(server.patch(location, 0, new byte[10])
                        .with("Upload-Checksum", checksum)
                        .send()
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void terminates() {
        String location = server.create(100);
        server.patch(location, 0, new byte[10]).send();
        assertThat(server.as(server.alice, "DELETE", location).send().statusCode())
                .isEqualTo(204);
        assertThat(server.head(location).send().statusCode()).isEqualTo(404);
        assertThat(server.file(location)).doesNotExist();
    }

    @Test
    void keepsTheArticleWhenItsUploadIsTerminated() {
        String location = upload(PNG);
        String key = server.media.articles.get(id(location)).upload().file().key();
        assertThat(server.as(server.alice, "DELETE", location).send().statusCode())
                .isEqualTo(204);
        assertThat(server.head(location).send().statusCode()).isEqualTo(404);
        assertThat(server.storage.exists(key)).isTrue();
    }

    @Test
    void forgetsWhatNobodyContinued() throws Exception {
        String location = server.create(100);
        server.patch(location, 0, new byte[10]).send();
        java.time.Instant before = server.now;
        try {
            server.now = before.plus(Duration.ofDays(7)).plusSeconds(1);
            assertThat(server.head(location).send().statusCode()).isEqualTo(410);
            assertThat(server.patch(location, 10, new byte[1]).send().statusCode())
                    .isEqualTo(410);
            assertThat(server.expiry().deleteExpired()).isPositive();
            assertThat(server.head(location).send().statusCode()).isEqualTo(404);
            assertThat(server.file(location)).doesNotExist();
            assertThat(server.expiry().deleteExpired()).isZero();
        } finally {
            server.now = before;
        }
    }

    @Test
    void takesAnEmptyUploadAndSaysAtItsStatusThatItIsNothing() {
        String location = server.create(0);
        HttpResponse<String> answer = server.head(location).send();
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(server.file(location)).doesNotExist();
    }

    @Test
    void answersThroughAConnectionWhoseBodyItDidNotWant() {
        String location = server.create(20 << 20);
        for (int i = 0; i < 3; i++) {
            assertThat(server.patch(location, 7, new byte[8 << 20]).send().statusCode())
                    .isEqualTo(409);
        }
    }

    private static String upload(byte[] bytes) {
        String location = server.create(bytes.length);
        assertThat(server.patch(location, 0, bytes).send().statusCode()).isEqualTo(204);
        return location;
    }

    private static UUID id(String location) {
        return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    }

    static byte[] png(int length) {
        byte[] bytes = new byte[length];
        new java.util.Random(length).nextBytes(bytes);
        byte[] magic = "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(magic, 0, bytes, 0, magic.length);
        return bytes;
    }
}
