package io.regie.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.core.storage.ServedFile.Caching;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendFileTest {

    private static final int SIZE = 100_000;
    private static final byte[] BYTES = new byte[SIZE];

    @TempDir
    static Path directory;

    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static HttpServer server;
    private static Path file;
    private static volatile ServedFile served;

    @BeforeAll
    static void start() throws IOException {
        new Random(1).nextBytes(BYTES);
        file = Files.write(directory.resolve("file"), BYTES);
        Router router = Router.router(VERTX);
        router.route("/file").handler(routing -> SendFile.send(routing, served));
        server = VERTX.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void serve() {
        served = new ServedFile(file, SIZE, "video/mp4", "abc", Caching.PUBLIC_IMMUTABLE, null);
    }

    @Test
    void sendsTheWholeFileWithWhatProtectsIt() {
        HttpResponse<byte[]> answer = get();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(BYTES);
        assertThat(header(answer, "Content-Type")).isEqualTo("video/mp4");
        assertThat(header(answer, "Content-Length")).isEqualTo("100000");
        assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(answer, "ETag")).isEqualTo("\"abc\"");
        assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Content-Security-Policy"))
                .isEqualTo("sandbox; default-src 'none'; media-src 'self'");
        assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(header(answer, "Content-Disposition")).isEqualTo("inline");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-99, 0, 100",
        "bytes=99999-, 99999, 1",
        "bytes=50000-999999999999, 50000, 50000",
        "bytes=-1, 99999, 1",
        "bytes=-1000000, 0, 100000",
        "bytes=0-, 0, 100000"
    })
    void sendsOneRange(String range, int first, int length) {
        HttpResponse<byte[]> answer = get("Range", range);
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(BYTES, first, first + length));
        assertThat(header(answer, "Content-Range"))
                .isEqualTo("bytes " + first + "-" + (first + length - 1) + "/100000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100000-", "bytes=100000-100001", "bytes=-0"})
    void refusesRangesBeyondTheEnd(String range) {
        HttpResponse<byte[]> answer = get("Range", range);
        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes */100000");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=0-1,5-6",
                "bytes=5-1",
                "bytes=-",
                "bytes=a-b",
                "lines=1-2",
                "bytes",
                "bytes=0-1;x",
                "bytes=99999999999999999999-"
            })
    void sendsTheWholeFileForWhatIsNoSingleRange(String range) {
        HttpResponse<byte[]> answer = get("Range", range);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSize(SIZE);
    }

    @Test
    void sendsOneFileForAThousandRanges() {
        String ranges = IntStream.range(0, 1000).mapToObj(i -> "0-").collect(Collectors.joining(",", "bytes=", ""));
        HttpResponse<byte[]> answer = get("Range", ranges);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSize(SIZE);
    }

    @ParameterizedTest
    @CsvSource({"'\"abc\"', 304", "'W/\"abc\"', 304", "'\"x\", \"abc\"', 304", "*, 304", "'\"x\"', 200", "abc, 200"})
    void sendsNothingThatTheClientHas(String tag, int status) {
        HttpResponse<byte[]> answer = get("If-None-Match", tag);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(answer, "ETag")).isEqualTo("\"abc\"");
        assertThat(answer.body()).hasSize(status == 304 ? 0 : SIZE);
    }

    @ParameterizedTest
    @CsvSource({"'\"abc\"', 206", "'\"old\"', 200", "'W/\"abc\"', 200", "'Sun, 22 Nov 2026 12:00:00 GMT', 200"})
    void sendsARangeOnlyOfWhatTheClientHas(String condition, int status) {
        assertThat(get("Range", "bytes=0-1", "If-Range", condition).statusCode())
                .isEqualTo(status);
    }

    @Test
    void tellsLengthWithoutBytes() {
        HttpResponse<byte[]> answer = request("HEAD", "Range", "bytes=0-1");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Length")).isEqualTo("100000");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void showsOnlyTheVisiblePartOfAGrowingFile() {
        served = new ServedFile(file, 1000, "video/mp4", null, Caching.NO_STORE, null);
        HttpResponse<byte[]> whole = get();
        assertThat(whole.body()).isEqualTo(Arrays.copyOf(BYTES, 1000));
        assertThat(header(whole, "ETag")).isNull();
        assertThat(header(whole, "Cache-Control")).isEqualTo("private, no-store");
        assertThat(header(whole, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(get("Range", "bytes=900-2000").body()).isEqualTo(Arrays.copyOfRange(BYTES, 900, 1000));
        assertThat(get("Range", "bytes=1000-").statusCode()).isEqualTo(416);
    }

    @Test
    void sendsAnEmptyFile() throws IOException {
        served = new ServedFile(
                Files.createFile(directory.resolve("empty")), 0, "text/vtt", "e", Caching.PRIVATE_REVALIDATED, null);
        assertThat(get().statusCode()).isEqualTo(200);
        assertThat(get().body()).isEmpty();
        assertThat(get("Range", "bytes=0-").statusCode()).isEqualTo(416);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "film.mp4 | attachment; filename=\"film.mp4\"; filename*=UTF-8''film.mp4",
                "a\"b.mp4 | attachment; filename=\"a_b.mp4\"; filename*=UTF-8''a%22b.mp4",
                "été 1.mp4 | attachment; filename=\"_t_ 1.mp4\"; filename*=UTF-8''%C3%A9t%C3%A9%201.mp4",
                "../../x | attachment; filename=\".._.._x\"; filename*=UTF-8''..%2F..%2Fx"
            })
    void namesDownloadsSafely(String name, String disposition) {
        served = new ServedFile(file, SIZE, "video/mp4", "abc", Caching.PUBLIC_IMMUTABLE, name);
        assertThat(header(get(), "Content-Disposition")).isEqualTo(disposition);
    }

    @Test
    void keepsLineBreaksOutOfHeaders() {
        served = new ServedFile(file, SIZE, "video/mp4", "abc", Caching.PUBLIC_IMMUTABLE, "a\r\nX: y");
        assertThat(header(get(), "Content-Disposition"))
                .isEqualTo("attachment; filename=\"a__X_ y\"; filename*=UTF-8''a%0D%0AX%3A%20y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/pdf", "image/svg+xml", "text/html", "application/octet-stream", "image/tiff"})
    void offersOtherTypesAsDownloads(String type) {
        served = new ServedFile(file, SIZE, type, "abc", Caching.PUBLIC_IMMUTABLE, null);
        assertThat(header(get(), "Content-Disposition")).isEqualTo("attachment");
    }

    @Test
    void endsTheConnectionWhenTheFileIsGone() throws Exception {
        served = new ServedFile(directory.resolve("missing"), SIZE, "video/mp4", "abc", Caching.PUBLIC_IMMUTABLE, null);
        assertThat(CLIENT.sendAsync(HttpRequest.newBuilder(uri()).build(), HttpResponse.BodyHandlers.ofByteArray())
                        .handle((answer, failure) -> failure != null)
                        .get())
                .isTrue();
    }

    private static HttpResponse<byte[]> get(String... headers) {
        return request("GET", headers);
    }

    private static URI uri() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/file");
    }

    private static HttpResponse<byte[]> request(String method, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri()).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse(null);
    }
}
