package io.regie.core.live;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.regie.core.RegieClient;
import io.regie.core.RegieServer;
import io.regie.testkit.Canary;
import io.regie.testkit.HttpPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sources that send their reader elsewhere, and FFmpeg itself as the reader: SSRF-4, 6, 7, 8 and 9 of our security notes.
 * The sources' address is allowed; a canary beside it, a port and a file, is not and must see nothing.
 */
class HostileSourcesIT {

    private static final int AT_A_TIME = 4;
    private static final Map<String, String> IMPATIENT = Map.of("timeout", "2");
    private static final Map<String, String> PATIENT = Map.of("timeout", "60");
    private static final String ALLOWED = "127.0.0.3";

    private static ExecutorService threads;
    private static RegieServer server;
    private static LiveClient live;

    @TempDir
    static Path folder;

    private Canary canary;
    private HttpPeer source;

    @BeforeAll
    static void start() throws Exception {
        threads = Executors.newFixedThreadPool(AT_A_TIME);
        server = RegieServer.start();
        live = new LiveClient(server, RegieClient.admin(server));
    }

    @AfterAll
    static void stop() throws Exception {
        threads.shutdownNow();
        server.close();
    }

    @BeforeEach
    void listen() throws Exception {
        // Somebody else's account could open the file, if it were led there.
        Path open = Files.createTempDirectory(folder, "open");
        for (Path path : List.of(folder, open)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        canary = new Canary(open.resolve("canary.ts"));
        source = HttpPeer.at(ALLOWED);
        live.allow(ALLOWED);
    }

    @AfterEach
    void close() throws Exception {
        source.close();
        canary.close();
    }

    /** Else the tests below would prove nothing. */
    @Test
    void followsWhereItMay() throws Exception {
        live.allow(ALLOWED, "127.0.0.1");
        redirect("/redirect", 302, canaryAt("/"));
        playlist("/key.m3u8", "#EXT-X-KEY:METHOD=AES-128,URI=\"" + canaryAt("/key") + "\"\n#EXTINF:1,\n/piece.ts");
        check(List.of(source.uri("/redirect").toString()), PATIENT);
        assertThat(canary.touches()).isNotEmpty();
        int redirected = canary.touches().size();
        check(List.of(source.uri("/key.m3u8").toString()), PATIENT);
        assertThat(canary.touches()).hasSizeGreaterThan(redirected);
    }

    /** SSRF-4. */
    @Test
    void followsNoRedirectElsewhere() throws Exception {
        List<String> paths = new ArrayList<>();
        for (int status : List.of(301, 302, 303, 307, 308)) {
            paths.add(redirect("/to" + status, status, canaryAt("/")));
        }
        paths.add(redirect("/file", 302, "file://" + canary.file()));
        paths.add(redirect("/ftp", 302, "ftp://127.0.0.1:" + canary.port() + "/x"));
        paths.add(redirect("/gopher", 302, "gopher://127.0.0.1:" + canary.port() + "/x"));
        paths.add(redirect("/name", 302, "http://localhost:" + canary.port() + "/"));
        paths.add(redirect("/decimal", 302, "http://2130706433:" + canary.port() + "/"));
        assertThat(states(checkAll(paths.toArray(String[]::new)))).containsOnly("failed");
        assertThat(canary.touches()).isEmpty();
    }

    /** SSRF-4: a chain. */
    @Test
    void followsThreeRedirectsAndNoMore() throws Exception {
        for (int hop = 0; hop < 20; hop++) {
            redirect("/hop/" + hop + "/", 302, "/hop/" + (hop + 1) + "/");
        }
        assertThat(states(checkAll("/hop/0/"))).containsOnly("failed");
        assertThat(source.asked()).hasSizeLessThanOrEqualTo(4);
    }

    /** SSRF-6. */
    @Test
    void fetchesNothingThatAPlaylistNamesElsewhere() throws Exception {
        source.on("/piece.ts", 200, Map.of(), "");
        List<String> paths = new ArrayList<>();
        for (String uri : List.of(
                canaryAt("/piece.ts"),
                "http://localhost:" + canary.port() + "/piece.ts",
                "http://[::ffff:127.0.0.1]:" + canary.port() + "/piece.ts",
                "crypto+" + canaryAt("/piece.ts"),
                "file://" + canary.file(),
                canary.file().toString(),
                "concat:" + canary.file(),
                "subfile,,start,0,end,9,,:" + canary.file(),
                "tcp://127.0.0.1:" + canary.port())) {
            paths.add(playlist("/" + paths.size() + "/live.m3u8", "#EXTINF:1,\n" + uri));
        }
        paths.add(playlist(
                "/key.m3u8", "#EXT-X-KEY:METHOD=AES-128,URI=\"" + canaryAt("/k") + "\"\n#EXTINF:1,\n/piece.ts"));
        paths.add(playlist(
                "/filekey.m3u8",
                "#EXT-X-KEY:METHOD=AES-128,URI=\"file://" + canary.file() + "\"\n#EXTINF:1,\n/piece.ts"));
        paths.add(playlist("/map.m3u8", "#EXT-X-MAP:URI=\"" + canaryAt("/init.mp4") + "\"\n#EXTINF:1,\n/piece.ts"));
        paths.add(playlist(
                "/media.m3u8",
                "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"a\",DEFAULT=YES,URI=\"" + canaryAt("/a.m3u8")
                        + "\"\n#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO=\"a\"\n/key.m3u8"));
        paths.add(playlist("/variant.m3u8", "#EXT-X-STREAM-INF:BANDWIDTH=1\n" + canaryAt("/v.m3u8")));
        source.on("/live.mpd", 200, Map.of("Content-Type", "application/dash+xml"), dash());
        paths.add("/live.mpd");
        source.on("/list.ffconcat", 200, Map.of(), "ffconcat version 1.0\nfile '" + canary.file() + "'\n");
        paths.add("/list.ffconcat");
        assertThat(states(checkAll(paths.toArray(String[]::new)))).containsOnly("failed");
        assertThat(canary.touches()).isEmpty();
    }

    private String dash() {
        return "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" xmlns:xlink="
                + "\"http://www.w3.org/1999/xlink\" type=\"static\" mediaPresentationDuration=\"PT1S\"><Location>"
                + canaryAt("/l.mpd") + "</Location><BaseURL>" + canaryAt("/") + "</BaseURL><Period xlink:href=\""
                + canaryAt("/p.xml") + "\" xlink:actuate=\"onLoad\"><AdaptationSet mimeType=\"video/mp4\">"
                + "<Representation id=\"1\" bandwidth=\"1\"><BaseURL>" + canary.file()
                + "</BaseURL></Representation></AdaptationSet></Period></MPD>";
    }

    /** SSRF-7. */
    @Test
    void goesNowhereThatAnRtspServerNames() throws Exception {
        String elsewhere = "rtsp://127.0.0.1:" + canary.port() + "/";
        String sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video " + canary.port()
                + " RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:" + elsewhere + "track\r\n";
        String redirected = "302 Found\r\nLocation: " + elsewhere + "\r\n";
        String described = "200 OK\r\nContent-Type: application/sdp\r\nContent-Base: " + elsewhere
                + "\r\nContent-Length: " + sdp.length() + "\r\n\r\n" + sdp;
        String set = "200 OK\r\nSession: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1;destination=127.0.0.1"
                + ";source=127.0.0.1;server_port=" + canary.port() + "-" + canary.port() + "\r\n";
        List<Map<String, String>> scripts = List.of(
                Map.of("OPTIONS", redirected),
                Map.of("DESCRIBE", redirected),
                Map.of("DESCRIBE", described, "SETUP", redirected),
                Map.of("DESCRIBE", described, "SETUP", set, "PLAY", redirected),
                Map.of("DESCRIBE", described, "SETUP", set));
        List<String> urls = new ArrayList<>();
        List<ServerSocket> cameras = new ArrayList<>();
        try {
            for (Map<String, String> script : scripts) {
                ServerSocket camera = new ServerSocket(0, 5, InetAddress.getByName(ALLOWED));
                cameras.add(camera);
                start(() -> answer(camera, script));
                urls.add("rtsp://" + ALLOWED + ":" + camera.getLocalPort() + "/live");
            }
            assertThat(states(check(urls))).containsOnly("failed");
            assertThat(canary.touches()).isEmpty();
        } finally {
            for (ServerSocket camera : cameras) {
                camera.close();
            }
        }
    }

    /** SSRF-8. */
    @Test
    void givesUpOnAnswersWithoutEnd() throws Exception {
        source.on("/slow.ts", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (OutputStream out = exchange.getResponseBody(); ; out.flush()) {
                out.write(0x47);
                LockSupport.parkNanos(500_000_000);
            }
        });
        source.on("/endless.ts", exchange -> pour(exchange, "", new byte[1 << 16]));
        source.on(
                "/endless.m3u8",
                exchange -> pour(
                        exchange,
                        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n",
                        "#EXTINF:1,\npiece.ts\n".repeat(1000).getBytes(US_ASCII)));
        byte[] bomb = bomb();
        source.on("/bomb.m3u8", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, bomb.length);
            exchange.getResponseBody().write(bomb);
        });
        try (ServerSocket headers = new ServerSocket(0, 5, InetAddress.getByName(ALLOWED))) {
            start(() -> {
                try (Socket client = headers.accept()) {
                    OutputStream out = client.getOutputStream();
                    out.write("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
                    while (true) {
                        out.write("X-More: x\r\n".getBytes(US_ASCII));
                    }
                }
            });
            List<String> urls = new ArrayList<>();
            for (String path : List.of("/slow.ts", "/endless.ts", "/endless.m3u8", "/bomb.m3u8")) {
                urls.add(source.uri(path).toString());
            }
            urls.add("http://" + ALLOWED + ":" + headers.getLocalPort() + "/live.ts");
            assertThat(states(check(urls))).containsOnly("failed");
        }
        try (Stream<Path> left = Files.walk(server.data().resolve("workspaces"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    /** SSRF-9: from what is said nobody learns which ports of this machine are open. */
    @Test
    void saysTheSameOfOpenAndClosedPorts() throws Exception {
        int closed;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getByName(ALLOWED))) {
            closed = gone.getLocalPort();
        }
        Map<String, Long> millis = new TreeMap<>();
        List<String> said = new ArrayList<>();
        for (String url : List.of(
                "http://localhost:" + canary.port() + "/live",
                "http://localhost:" + closed + "/live",
                "http://" + ALLOWED + ":" + closed + "/live",
                "http://nobody.invalid:" + closed + "/live")) {
            long began = System.nanoTime();
            JsonNode check = check(List.of(url)).get(url);
            millis.put(url, (System.nanoTime() - began) / 1_000_000);
            JsonNode job = live.job(check);
            said.add((check.get("state") + " " + job.get("failure") + log(job))
                    .replaceAll("localhost|nobody\\.invalid|127\\.0\\.0\\.3", "HOST")
                    .replaceAll(":\\d+", ":PORT"));
        }
        System.out.println("Checks of forbidden, closed and unknown: " + millis + " ms");
        assertThat(said.stream().distinct()).hasSize(1);
        assertThat(said.get(0)).contains("failed");
        assertThat(canary.touches()).isEmpty();
    }

    private static void pour(HttpExchange exchange, String head, byte[] more) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write(head.getBytes(US_ASCII));
        while (true) {
            out.write(more);
        }
    }

    /** Without the relay's line, which may come when the job has ended; it is the same for all, as its own test shows. */
    private static String log(JsonNode job) {
        return job.get("log")
                .asText()
                .lines()
                .filter(line -> !line.startsWith("No connection to"))
                .collect(Collectors.joining("\n"));
    }

    /** A quarter of a gigabyte of playlist, packed. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write("#EXTM3U\n#EXT-X-TARGETDURATION:1\n".getBytes(US_ASCII));
            byte[] lines = "\n".repeat(1 << 20).getBytes(US_ASCII);
            for (int i = 0; i < 256; i++) {
                out.write(lines);
            }
        }
        return bytes.toByteArray();
    }

    private String canaryAt(String path) {
        return "http://127.0.0.1:" + canary.port() + path;
    }

    private String redirect(String path, int status, String location) {
        source.on(path, status, Map.of("Location", location), "");
        return path;
    }

    private String playlist(String path, String body) {
        source.on(path, 200, Map.of(), "#EXTM3U\n#EXT-X-TARGETDURATION:1\n" + body + "\n#EXT-X-ENDLIST\n");
        return path;
    }

    private Map<String, JsonNode> checkAll(String... paths) throws Exception {
        return check(Stream.of(paths).map(path -> source.uri(path).toString()).toList());
    }

    private static Map<String, JsonNode> check(List<String> urls) throws Exception {
        return check(urls, IMPATIENT);
    }

    private static Map<String, JsonNode> check(List<String> urls, Map<String, String> options) throws Exception {
        Map<String, Future<JsonNode>> checks = new TreeMap<>();
        for (String url : urls) {
            checks.put(url, threads.submit(() -> live.check(live.add("hostile", url, options))));
        }
        Map<String, JsonNode> found = new TreeMap<>();
        for (Map.Entry<String, Future<JsonNode>> check : checks.entrySet()) {
            found.put(check.getKey(), check.getValue().get(5, TimeUnit.MINUTES));
        }
        return found;
    }

    private static List<String> states(Map<String, JsonNode> checks) {
        return checks.values().stream()
                .map(check -> check.get("state").asText())
                .toList();
    }

    private interface Talk {
        void run() throws IOException;
    }

    private static void start(Talk talk) {
        Thread thread = new Thread(
                () -> {
                    try {
                        talk.run();
                    } catch (IOException gone) {
                        // As readers may be.
                    }
                },
                "hostile-source");
        thread.setDaemon(true);
        thread.start();
    }

    private static void answer(ServerSocket camera, Map<String, String> script) throws IOException {
        while (true) {
            Socket client = camera.accept();
            start(() -> talk(client, script));
        }
    }

    private static void talk(Socket client, Map<String, String> script) throws IOException {
        try (client) {
            InputStream in = client.getInputStream();
            while (true) {
                StringBuilder request = new StringBuilder();
                while (request.indexOf("\r\n\r\n") < 0) {
                    int next = in.read();
                    if (next < 0) {
                        return;
                    }
                    request.append((char) next);
                }
                String text = request.toString();
                String number = text.replaceAll("(?s).*CSeq: (\\d+).*", "$1");
                String answer = script.getOrDefault(text.substring(0, text.indexOf(' ')), "200 OK\r\nSession: 1\r\n");
                int line = answer.indexOf("\r\n") + 2;
                String whole = "RTSP/1.0 " + answer.substring(0, line) + "CSeq: " + number + "\r\n"
                        + answer.substring(line) + (answer.contains("\r\n\r\n") ? "" : "\r\n");
                client.getOutputStream().write(whole.getBytes(US_ASCII));
            }
        }
    }
}
