package io.regie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Locale;

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

    private final Site site;

    private StopBench(Site site) {
        this.site = site;
    }

    /** @param arguments the site, e-mail address, password, and the live stream's address */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Site site = Site.signIn(arguments[0], arguments[1], arguments[2]);
        String draft = JSON.createObjectNode()
                .put("name", "bench")
                .put("url", arguments[3])
                .toString();
        String stream = "/api/v1/live-streams/"
                + site.ask("POST", "/api/v1/live-streams", draft).get("id").asText();
        System.out.println("| recorded s | stop to playable s |");
        System.out.println("|---|---|");
        for (int each = 0; each < TIMES; each++) {
            new StopBench(site).measure(stream);
        }
    }

    private void measure(String stream) throws IOException, InterruptedException {
        JsonNode begun = site.ask("POST", stream + "/record", "{}");
        await(() ->
                site.ask("GET", stream, null).at("/recording/figures/duration").asDouble() >= SECONDS);
        long stopped = System.nanoTime();
        site.ask("POST", "/api/v1/jobs/" + begun.get("job").asText() + "/stop", "{}");
        String article = "/api/v1/media/" + begun.get("article").asText();
        await(() -> {
            JsonNode media = site.ask("GET", article, null);
            return media.at("/original/bytes").asLong() > 0
                    && media.get("playable").asBoolean()
                    && site.open("GET", media.get("hlsUrl").asText()).getResponseCode() == 200;
        });
        long playable = System.nanoTime();
        System.out.printf(
                Locale.ROOT,
                "| %.1f | %.2f |%n",
                site.ask("GET", article, null).get("durationSeconds").asDouble(),
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
}
