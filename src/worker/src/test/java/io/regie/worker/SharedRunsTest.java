package io.regie.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several runs in one real process. */
@Timeout(60)
class SharedRunsTest {

    @TempDir
    static Path folder;

    private static Path plugin;

    private WorkerProcess worker;
    private final Map<String, List<JsonNode>> heard = new HashMap<>();

    @BeforeAll
    static void packPlugin() throws IOException {
        plugin = Archive.sample().writeTo(folder.resolve("sample.jar"));
    }

    @BeforeEach
    void share() throws IOException {
        worker = WorkerProcess.start(Files.createTempDirectory(folder, "temp")).tell("{'command':'share'}");
    }

    @AfterEach
    void close() {
        worker.close();
    }

    @Test
    void endsEachRunByItself() throws Exception {
        begin("kept", "wait for stop");
        begin("left", "wait for cancel");
        begin("broken", "fail");
        await("kept", "log");
        await("left", "log");
        assertThat(await("broken", "failed").path("message").asText()).isEqualTo("The camera does not answer.");

        tell("cancel", "left");
        await("left", "cancelled");
        begin("later", "whole");
        assertThat(await("later", "result")
                        .path("result")
                        .path("metadata")
                        .path("title")
                        .asText())
                .isEqualTo("Titre");

        tell("stop", "kept");
        assertThat(await("kept", "result")
                        .path("result")
                        .path("outputs")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo("kept");
        worker.hangUp();
        assertThat(worker.exit()).isZero();
    }

    @Test
    void saysOnlyToItsOwnConversationWhereItBroke() throws Exception {
        begin("whole", "wait for stop");
        await("whole", "log");
        begin("broken", "break");
        await("broken", "failed");
        tell("stop", "whole");
        await("whole", "result");
        assertThat(heard.get("broken"))
                .anyMatch(
                        event -> event.path("line").asText().startsWith("java.lang.IllegalStateException: not my day"))
                .anyMatch(event -> event.path("line").asText().contains("sample.plugin.ActingHandler"));
        assertThat(heard.get("whole"))
                .extracting(event -> event.path("event").asText())
                .containsExactly("log", "result");
        assertThat(worker.errors()).doesNotContain("not my day");
    }

    @Test
    void outlivesWhatItDoesNotUnderstand() throws Exception {
        worker.tell("nonsense").tell("{'command':'dance'}").tell("{'command':'cancel','conversation':'nobody'}");
        worker.tell("{'command':'run','conversation':'halved','plugin':'/x.jar'}");
        assertThat(await("halved", "failed").path("kind").asText()).isEqualTo("INTERNAL");
        worker.tell(request("stranger", folder.resolve("nothing.jar"), "whole"));
        assertThat(await("stranger", "failed").path("kind").asText()).isEqualTo("INTERNAL");
        begin("whole", "whole");
        await("whole", "result");
    }

    @Test
    void leavesThreadsToWhoeverLeftThem() throws Exception {
        begin("patient", "wait for stop");
        await("patient", "log");
        begin("careless", "leave threads");
        await("careless", "result");
        tell("stop", "patient");
        await("patient", "result");
        assertThat(heard.get("careless"))
                .anyMatch(event -> event.path("line").asText().contains("left threads running: left behind"));
        assertThat(heard.get("patient"))
                .extracting(event -> event.path("event").asText())
                .containsExactly("log", "result");
    }

    @Test
    void endsAtOnceWhenItsServerHasGoneHoweverDeafARunIs() throws Exception {
        begin("deaf", "deaf");
        begin("patient", "wait for stop");
        await("deaf", "log");
        tell("cancel", "deaf");
        worker.hangUp();
        worker.exit();
    }

    private void begin(String conversation, String behaviour) throws IOException {
        worker.tell(request(conversation, plugin, behaviour));
    }

    private static String request(String conversation, Path jar, String behaviour) throws IOException {
        Path workspace = Files.createTempDirectory(folder, "workspace");
        return """
                {"command":"run","conversation":"%s","plugin":"%s","jobId":"1","attempt":1,"type":"sample.act",\
                "workspace":"%s","inputs":[],"parameters":{"behaviour":"%s"},"lastAttempt":null}"""
                .formatted(conversation, jar, workspace, behaviour);
    }

    private void tell(String command, String conversation) throws IOException {
        worker.tell("{'command':'" + command + "','conversation':'" + conversation + "'}");
    }

    /** Keeps what the others say meanwhile. */
    private JsonNode await(String conversation, String name) throws IOException {
        while (true) {
            for (JsonNode known : heard.getOrDefault(conversation, List.of())) {
                if (known.path("event").asText().equals(name)) {
                    return known;
                }
            }
            JsonNode event = worker.next();
            if (event.isMissingNode()) {
                throw new AssertionError("The worker ended: " + worker.errors());
            }
            heard.computeIfAbsent(event.path("conversation").asText(), any -> new ArrayList<>())
                    .add(event);
        }
    }
}
