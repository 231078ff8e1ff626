package io.regie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long after "stop" a recording is an article that plays: on a running site, records a live stream that the site may
 * reach, {@code -Dtimes=3} times for {@code -Dseconds=20} each, and asks ten times a second until the whole file is the
 * article's original and its manifest answers.
 *
 * <pre>{@code
 * java -cp 'src/bench/target/classes:src/bench/target/bench/*' io.regie.bench.StopBench \
 *     http://localhost:8080 you@example.org password http://127.0.0.1:9001/live.m3u8
 * }</pre>
 */
public final class StopBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMES = Integer.getInteger("times", 3);
    private static final int SECONDS = Integer.getInteger("seconds", 20);
    private static final int PAUSE = 100;
    private static final long PATIENCE = 60_000_000_000L;

    private interface Condition {
        boolean met() throws IOException;
    }

    private final URI site;
    private String authorization;

    private StopBench(URI site, String authorization) {
        this.site = site;
        this.authorization = authorization;
    }

    /** @param arguments the site, e-mail address, password, and the live stream's address */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String basic = Base64.getEncoder()
                .encodeToString((arguments[1] + ":" + arguments[2]).getBytes(StandardCharsets.UTF_8));
        StopBench bench = new StopBench(URI.create(arguments[0]), "Basic " + basic);
        bench.authorization = "Bearer "
                + bench.ask("POST", "/api/v1/tokens", "{\"name\":\"bench\",\"scopes\":[\"*\"]}")
                        .get("token")
                        .asText();
        String draft = JSON.createObjectNode()
                .put("name", "bench")
                .put("url", arguments[3])
                .toString();
        String stream = "/api/v1/live-streams/"
                + bench.ask("POST", "/api/v1/live-streams", draft).get("id").asText();
        System.out.println("| recorded s | stop to playable s |");
        System.out.println("|---|---|");
        for (int each = 0; each < TIMES; each++) {
            bench.measure(stream);
        }
    }

    private void measure(String stream) throws IOException, InterruptedException {
        JsonNode begun = ask("POST", stream + "/record", "{}");
        await(() -> ask("GET", stream, null).at("/recording/figures/duration").asDouble() >= SECONDS);
        long stopped = System.nanoTime();
        ask("POST", "/api/v1/jobs/" + begun.get("job").asText() + "/stop", "{}");
        String article = "/api/v1/media/" + begun.get("article").asText();
        await(() -> {
            JsonNode media = ask("GET", article, null);
            return media.at("/original/bytes").asLong() > 0
                    && media.get("playable").asBoolean()
                    && open("GET", media.get("hlsUrl").asText()).getResponseCode() == 200;
        });
        long playable = System.nanoTime();
        System.out.printf(
                Locale.ROOT,
                "| %.1f | %.2f |%n",
                ask("GET", article, null).get("durationSeconds").asDouble(),
                (playable - stopped) / 1e9);
    }

    private static void await(Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE + SECONDS * 1_000_000_000L;
        while (!condition.met()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("It did not happen in time");
            }
            Thread.sleep(PAUSE);
        }
    }

    private JsonNode ask(String method, String path, @Nullable String body) throws IOException {
        HttpURLConnection connection = open(method, path);
        if (body != null) {
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        try (InputStream answer = connection.getInputStream()) {
            return JSON.readTree(answer);
        }
    }

    private HttpURLConnection open(String method, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) site.resolve(path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setRequestProperty("Authorization", authorization);
        return connection;
    }
}
