package io.regie.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regie.testkit.Clips;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A piece of a video becomes an article of its own, through the packaged application and its shipped plugins. */
class ClipIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static RegieServer server;
    private static RegieClient admin;
    private static JsonNode film;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = RegieServer.start();
        admin = RegieClient.admin(server);
        Path clip = Clips.clip().seconds(6).keyFrameEvery(50).bFrames(2).writeIn(folder, "film");
        film = admin.awaitReady(admin.upload(clip, "unlisted"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void makesAnArticleOfRangeAndLinksIt() throws Exception {
        for (String mode : new String[] {"exact", "fast"}) {
            ObjectNode wish = range(2.5, 4).put("mode", mode);
            JsonNode estimate = read(send("gif.clip/estimate", wish), 200);
            assertThat(estimate.get("bytes").asLong()).as("bytes, %s", mode).isBetween(10_000L, 10_000_000L);
            assertThat(estimate.get("seconds").asDouble()).isBetween(0.1, 60.0);

            int before = related(film).get("made").size();
            read(send("gif.clip", wish), 202);
            await().atMost(PATIENCE).until(() -> related(film).get("made").size() > before);
            JsonNode made = related(film).get("made").get(0);
            JsonNode clip = admin.awaitReady(made.get("id").asText());
            assertThat(clip.get("durationSeconds").asDouble()).isCloseTo(1.5, within(0.041));
            assertThat(clip.get("visibility").asText()).isEqualTo("unlisted");
            assertThat(clip.get("playable").asBoolean()).isTrue();
            assertThat(related(clip).get("madeFrom").get(0).get("id").asText())
                    .isEqualTo(film.get("id").asText());
        }
        assertThat(related(film).get("made")).hasSize(2);
    }

    @Test
    void refusesRangePastTheEndWithSentence() throws Exception {
        JsonNode problem = read(send("gif.clip", range(5, 7)), 422);
        assertThat(problem.get("detail").asText()).contains("The range ends at 0:00:07.000");
    }

    private static JsonNode related(JsonNode article) throws Exception {
        return read(admin.get("/api/v1/media/" + article.get("id").asText() + "/related"), 200);
    }

    private static JsonNode read(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.body());
    }

    private static ObjectNode range(double start, double end) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode();
        wish.putObject("range").put("start", start).put("end", end);
        return wish;
    }

    private static HttpResponse<String> send(String action, JsonNode wish) throws Exception {
        return admin.send("POST", "/api/v1/media/" + film.get("id").asText() + "/actions/" + action, wish);
    }
}
