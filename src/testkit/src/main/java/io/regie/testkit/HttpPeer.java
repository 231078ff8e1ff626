package io.regie.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A web server that broadcasts a clip in real time: as one transport stream without end at {@code /live.ts}, and as a
 * playlist with a window at {@code /live.m3u8}. Other answers can be added.
 */
public final class HttpPeer implements AutoCloseable {

    private static final int WINDOW = 5;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "http-peer");
        thread.setDaemon(true);
        return thread;
    });
    private final boolean secure;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile @Nullable String credentials;
    private volatile String elsewhere = "";
    private volatile boolean closed;

    private HttpPeer(HttpServer server, boolean secure) {
        this.server = server;
        this.secure = secure;
        server.setExecutor(threads);
        server.start();
    }

    /** A server at an address of this machine that broadcasts nothing yet. */
    public static HttpPeer at(String address) throws IOException {
        return new HttpPeer(HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), 0), 20), false);
    }

    /** The same over TLS. */
    public static HttpPeer secureAt(String address, TestCertificate certificate) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName(address), 0), 20);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        return new HttpPeer(server, true);
    }

    /**
     * Broadcasts a clip.
     *
     * @param clip with a key frame each second
     * @param folder for its pieces
     */
    public HttpPeer broadcast(Path clip, Path folder) throws IOException {
        Path whole = folder.resolve("broadcast.ts");
        LibavPeer.remux(clip, "mpegts", whole, Map.of());
        byte[] bytes = Files.readAllBytes(whole);
        Path list = folder.resolve("list.m3u8");
        LibavPeer.remux(
                clip,
                "hls",
                list,
                Map.of(
                        "hls_time", "1",
                        "hls_list_size", "0",
                        "hls_segment_filename", folder.resolve("%d.ts").toString()));
        List<String> lengths = Files.readAllLines(list).stream()
                .filter(line -> line.startsWith("#EXTINF:"))
                .toList();
        long seconds = lengths.size();
        on("/live.ts", exchange -> pour(exchange, bytes, seconds));
        long began = System.nanoTime();
        on(
                "/live.m3u8",
                exchange -> answer(exchange, 200, playlist(lengths, began).getBytes(UTF_8)));
        on("/pieces/", exchange -> {
            Path piece =
                    folder.resolve(Path.of(exchange.getRequestURI().getPath()).getFileName());
            answer(exchange, 200, Files.readAllBytes(piece));
        });
        return this;
    }

    /** Asks for a user's name and password. */
    public HttpPeer only(String user, String password) {
        credentials = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        return this;
    }

    /** The playlist names its pieces at another server. */
    public HttpPeer piecesAt(URI other) {
        elsewhere = other.toString();
        return this;
    }

    /** What becomes of a request. */
    @FunctionalInterface
    public interface Answer {
        /** The exchange is closed afterwards. */
        void to(HttpExchange exchange) throws IOException;
    }

    /** @param path and all below it */
    public HttpPeer on(String path, Answer answer) {
        server.createContext(path, exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestURI().toString());
                String wanted = credentials;
                if (wanted != null
                        && !wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                    exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"peer\"");
                    exchange.sendResponseHeaders(401, -1);
                    return;
                }
                answer.to(exchange);
            }
        });
        return this;
    }

    /** Always the same. */
    public HttpPeer on(String path, int status, Map<String, String> headers, String body) {
        return on(path, exchange -> {
            headers.forEach(exchange.getResponseHeaders()::set);
            answer(exchange, status, body.getBytes(UTF_8));
        });
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private String playlist(List<String> lengths, long began) {
        int first = (int) Math.min((System.nanoTime() - began) / 1_000_000_000L, lengths.size() - WINDOW);
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n");
        text.append("#EXT-X-MEDIA-SEQUENCE:").append(first).append('\n');
        for (int i = first; i < first + WINDOW; i++) {
            text.append(lengths.get(i)).append('\n');
            text.append(elsewhere).append("/pieces/").append(i).append(".ts\n");
        }
        return text.toString();
    }

    /** A broadcast as it comes: with no length, at its own pace. */
    private void pour(HttpExchange exchange, byte[] bytes, long seconds) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        long began = System.nanoTime();
        int chunk = 188 * 7;
        for (int at = 0; at < bytes.length && !closed; at += chunk) {
            out.write(bytes, at, Math.min(chunk, bytes.length - at));
            out.flush();
            long due = began + at * (seconds * 1_000_000_000L) / bytes.length;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    /** What was asked for, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI uri(String path) {
        return uri(server.getAddress().getAddress().getHostAddress(), path);
    }

    /** @param host a name for the address that it listens at */
    public URI uri(String host, String path) {
        return URI.create((secure ? "https://" : "http://") + host + ":" + port() + path);
    }

    @Override
    public void close() {
        closed = true;
        server.stop(0);
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
