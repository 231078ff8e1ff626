package io.regie.core.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.access.Role;
import io.regie.core.plugins.TestPlugins;
import io.regie.core.process.Workers;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A real worker with a reader that goes wherever it is sent, a source that is allowed, and a canary beside it that is
 * not: SSRF-4, 6 and 7 of our security notes, and that nothing but the relay leads out.
 */
@QuarkusTest
class EgressTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    TestPlugins plugins;

    @Inject
    Workers workers;

    private final AtomicInteger hits = new AtomicInteger();
    private RequestSpecification author;
    private HttpServer source;
    private ServerSocket canary;
    private int port;

    @BeforeEach
    void listen() throws IOException {
        plugins.installActing();
        author = TestAccounts.create(Role.AUTHOR).asked();
        source = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.3"), 0), 10);
        port = source.getAddress().getPort();
        source.start();
        canary = new ServerSocket(port, 10, InetAddress.getByName("127.0.0.2"));
        Thread counting = new Thread(this::count, "canary");
        counting.setDaemon(true);
        counting.start();
        allow("127.0.0.3:" + port);
    }

    @AfterEach
    void close() throws IOException {
        source.stop(0);
        canary.close();
        allow();
    }

    @Test
    void readsWhatIsAllowedAndKeepsThePicture() {
        serve("/live", 200, Map.of(), "hello");
        Map<String, Object> check = check("http://127.0.0.3:" + port + "/live");
        assertThat(check).containsEntry("state", "succeeded");
        assertThat(seen(check)).containsExactly("http 200");
        assertThat(check).containsEntry("snapshot", true);
    }

    @Test
    void followsNoRedirectToWhatIsNotAllowed() {
        for (int status : List.of(301, 302, 303, 307, 308)) {
            serve("/to" + status, status, Map.of("Location", "http://127.0.0.2:" + port + "/"), "");
            assertThat(seen(check("http://127.0.0.3:" + port + "/to" + status)))
                    .containsExactly("http " + status, "http 502");
        }
        assertThat(hits).hasValue(0);
    }

    @Test
    void fetchesNothingThatAPlaylistNamesElsewhere() {
        serve(
                "/live.m3u8",
                200,
                Map.of(),
                String.join(
                        "\n",
                        "http://127.0.0.2:" + port + "/segment.ts",
                        "http://2130706434:" + port + "/",
                        "http://[::ffff:7f00:2]:" + port + "/",
                        "http://localhost:" + port + "/",
                        "http://127.0.0.3:" + port + "/segment.ts"));
        serve("/segment.ts", 200, Map.of(), "");
        assertThat(seen(check("http://127.0.0.3:" + port + "/live.m3u8")))
                .containsExactly("http 200", "http 502", "http 502", "http 502", "http 502", "http 200");
        assertThat(hits).hasValue(0);
    }

    @Test
    void reachesNothingPastTheRelay() {
        serve("/live", 200, Map.of(), "direct 127.0.0.2 " + port + "\ndirect 127.0.0.3 " + port);
        List<String> seen = seen(check("http://127.0.0.3:" + port + "/live"));
        if (workers.confines()) {
            assertThat(seen).containsExactly("http 200", "direct failed", "direct failed");
            assertThat(hits).hasValue(0);
        } else {
            assertThat(workers.sandbox().active("relay")).isFalse();
        }
    }

    @Test
    void followsNoRedirectOfRtsp() throws Exception {
        try (ServerSocket rtsp = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.4"))) {
            Thread answering = new Thread(() -> answer(rtsp), "rtsp");
            answering.setDaemon(true);
            answering.start();
            allow("127.0.0.4:" + rtsp.getLocalPort());
            Map<String, Object> check = check("rtsp://127.0.0.4:" + rtsp.getLocalPort() + "/live");
            assertThat(hits).hasValue(0);
            assertThat(seen(check)).doesNotContain("direct reached");
        }
    }

    @Test
    void saysTheSameOfForbiddenAndClosed() throws Exception {
        int closed;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.3"))) {
            closed = gone.getLocalPort();
        }
        allow("127.0.0.3");
        Map<String, Object> unreachable = check("http://127.0.0.3:" + closed + "/");
        serve("/to", 302, Map.of("Location", "http://127.0.0.2:" + port + "/"), "");
        Map<String, Object> forbidden = check("http://127.0.0.3:" + port + "/to");
        assertThat(seen(unreachable)).containsExactly("http 502");
        assertThat(seen(forbidden)).containsExactly("http 302", "http 502");
        assertThat(log(unreachable)).contains("not reachable or not allowed");
        assertThat(log(forbidden)).contains("not reachable or not allowed");
    }

    private static List<String> seen(Map<String, Object> check) {
        Object seen = ((Map<?, ?>) check.get("facts")).get("seen");
        return seen == null ? List.of() : List.of(seen.toString().split("\n"));
    }

    private String log(Map<String, Object> check) {
        return given().spec(author).get("/api/v1/jobs/" + check.get("job")).path("log");
    }

    private Map<String, Object> check(String url) {
        String id = given().spec(author)
                .contentType(ContentType.JSON)
                .body(Map.of("url", url))
                .post("/api/v1/live-streams")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String address = "/api/v1/live-streams/" + id;
        given().spec(author).post(address + "/check").then().statusCode(202);
        await().atMost(PATIENCE)
                .until(() -> !"running".equals(given().spec(author).get(address).path("check.state")));
        return given().spec(author).get(address).path("check");
    }

    private void serve(String path, int status, Map<String, String> headers, String body) {
        source.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
    }

    private void answer(ServerSocket rtsp) {
        try (Socket client = rtsp.accept()) {
            client.getInputStream().read();
            client.getOutputStream()
                    .write(("RTSP/1.0 302 Found\r\nCSeq: 1\r\nLocation: rtsp://127.0.0.2:" + port + "/\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The other side is gone.
        }
    }

    private void count() {
        try {
            while (true) {
                canary.accept().close();
                hits.incrementAndGet();
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void allow(String... entries) {
        given().spec(TestAccounts.ADMIN.asked())
                .contentType(ContentType.JSON)
                .body(Map.of("allowed", List.of(entries)))
                .put("/api/v1/live-settings")
                .then()
                .statusCode(200);
    }
}
