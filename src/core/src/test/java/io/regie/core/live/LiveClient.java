package io.regie.core.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regie.core.RegieClient;
import io.regie.core.RegieServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Adds, checks and records live streams of a packaged server as an outside program would. */
final class LiveClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final RegieServer server;
    private final RegieClient client;

    LiveClient(RegieServer server, RegieClient client) {
        this.server = server;
        this.client = client;
    }

    /** As the administrator. */
    void allow(String... destinations) throws Exception {
        ObjectNode settings = JSON.createObjectNode();
        for (String destination : destinations) {
            settings.withArray("allowed").add(destination);
        }
        HttpResponse<String> answer = client.send("PUT", "/api/v1/live-settings", settings);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    HttpResponse<String> tryToAdd(String name, String url, Map<String, String> options) throws Exception {
        ObjectNode draft = JSON.createObjectNode().put("name", name).put("url", url);
        draft.set("options", JSON.valueToTree(options));
        return client.send("POST", "/api/v1/live-streams", draft);
    }

    /** @return its address in the API */
    String add(String name, String url, Map<String, String> options) throws Exception {
        HttpResponse<String> answer = tryToAdd(name, url, options);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return "/api/v1/live-streams/" + JSON.readTree(answer.body()).get("id").asText();
    }

    JsonNode read(String address) throws Exception {
        HttpResponse<String> answer = client.get(address);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    JsonNode post(String address, Map<String, ?> body) throws Exception {
        HttpResponse<String> answer = client.send("POST", address, JSON.valueToTree(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
    }

    JsonNode await(String address, Predicate<JsonNode> wish) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            JsonNode found = read(address);
            if (wish.test(found)) {
                return found;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not in time: " + found.toPrettyString() + "\n" + server.log());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** @return what the check found, once it has ended */
    JsonNode check(String stream) throws Exception {
        post(stream + "/check", Map.of());
        return await(stream, found -> !found.at("/check/state").asText().equals("running"))
                .get("check");
    }

    JsonNode job(JsonNode run) throws Exception {
        return read("/api/v1/jobs/" + run.get("job").asText());
    }

    /** Records until there are so many seconds, and stops. @return what is said of it once it has ended */
    JsonNode record(String stream, Map<String, ?> parameters, double seconds) throws Exception {
        JsonNode begun = post(stream + "/record", parameters);
        await(
                stream,
                found -> found.at("/recording/figures/duration").asDouble() >= seconds
                        || found.get("recording").isNull());
        post("/api/v1/jobs/" + begun.get("job").asText() + "/stop", Map.of());
        await(stream, found -> found.get("recording").isNull());
        return read(stream + "/recordings").at("/items/0");
    }
}
