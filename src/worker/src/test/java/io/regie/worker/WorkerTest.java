package io.regie.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regie.spi.MediaInfo;
import io.regie.spi.MediaKind;
import io.regie.testkit.Clips;
import io.regie.testkit.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol, with real processes. */
@Timeout(60)
class WorkerTest {

    @TempDir
    static Path folder;

    private static Path plugin;

    private Path temp;
    private Path workspace;

    @BeforeAll
    static void packPlugin() throws IOException {
        plugin = Archive.sample().writeTo(folder.resolve("sample.jar"));
    }

    @BeforeEach
    void makeFolders() throws IOException {
        temp = Files.createTempDirectory(folder, "temp");
        workspace =
                Files.createDirectories(Files.createTempDirectory(folder, "job").resolve("workspace"));
    }

    @Test
    void describesPlugin() throws Exception {
        try (WorkerProcess worker = WorkerProcess.start(temp)) {
            worker.tell("{'command':'describe','plugin':'" + plugin + "'}");
            assertThat(worker.all())
                    .singleElement()
                    .isEqualTo(
                            Json.MAPPER.readTree(
                                    """
                    {"event":"described","descriptor":{
                      "info":{"id":"sample","name":"Sample","version":"1.0","spiVersion":1},
                      "jobTypes":[{"id":"sample.act","title":"sample.act.title","accepts":["VIDEO"],
                        "trigger":"ON_DEMAND","essential":false,"resumable":false,
                        "parameters":[{"name":"behaviour","type":"TEXT","label":"sample.act.behaviour",
                          "fallback":"whole","min":0.0,"max":100.0,"choices":[]}],
                        "resources":{"memoryMiB":512,"stall":60.000000000,"processorBound":false}}],
                      "messages":{"en":{"sample.act.behaviour":"How","sample.act.title":"Act"},
                        "fr":{"sample.act.title":"Agir à l’œuvre"}}}}"""));
            assertThat(worker.exit()).isZero();
        }
    }

    @Test
    void refusesToDescribeWhatIsNoPlugin() throws Exception {
        Path text = Files.writeString(temp.resolve("plugin.jar"), "not a jar");
        try (WorkerProcess worker = WorkerProcess.start(temp)) {
            worker.tell("{'command':'describe','plugin':'" + text + "'}");
            assertThat(worker.all()).singleElement().satisfies(event -> {
                assertThat(event.path("event").asText()).isEqualTo("failed");
                assertThat(event.path("kind").asText()).isEqualTo("BAD_INPUT");
                assertThat(event.path("message").asText()).startsWith("The plugin is not a readable jar");
            });
            assertThat(worker.exit()).isZero();
        }
    }

    @Test
    void saysWhatItsLibrariesAre() throws Exception {
        try (WorkerProcess worker = WorkerProcess.start(temp)) {
            worker.tell("{'command':'about'}");
            assertThat(worker.all()).singleElement().satisfies(event -> {
                JsonNode ffmpeg = event.path("ffmpeg");
                assertThat(event.path("event").asText()).isEqualTo("about");
                assertThat(ffmpeg.path("version").asText()).startsWith("8.");
                assertThat(ffmpeg.path("encoders").toString()).contains("libx264");
                assertThat(ffmpeg.path("configuration").asText()).contains("--enable-gpl");
            });
            assertThat(worker.exit()).isZero();
        }
    }

    @Test
    void triesItsLibrariesWhereItMayWrite() throws Exception {
        try (WorkerProcess worker = WorkerProcess.start(temp)) {
            worker.tell("{'command':'trial'}");
            assertThat(worker.all())
                    .singleElement()
                    .isEqualTo(Json.MAPPER.readTree("{\"event\":\"tried\",\"faults\":[]}"));
            assertThat(worker.exit()).isZero();
        }
    }

    @Test
    void estimates() throws Exception {
        try (WorkerProcess worker = WorkerProcess.start(temp)) {
            worker.tell(
                    "{'command':'estimate','plugin':'" + plugin + "','type':'sample.act','inputs':[],'parameters':{}}");
            assertThat(worker.all())
                    .singleElement()
                    .isEqualTo(Json.MAPPER.readTree("{\"event\":\"estimated\",\"bytes\":12345,\"seconds\":1.5}"));
        }
    }

    @Test
    void probes() throws Exception {
        Path clip = Clips.standard(folder);
        try (WorkerProcess worker = WorkerProcess.start(temp)) {
            worker.tell(probe(clip, 1 << 30));
            assertThat(worker.all()).singleElement().satisfies(event -> {
                assertThat(event.path("event").asText()).isEqualTo("probed");
                MediaInfo info = Json.MAPPER.treeToValue(event.path("info"), MediaInfo.class);
                assertThat(info.kind()).isEqualTo(MediaKind.VIDEO);
                assertThat(info.duration()).isBetween(Duration.ofMillis(1900), Duration.ofMillis(2200));
                assertThat(info.video().orElseThrow().codec()).isEqualTo("h264");
            });
            assertThat(worker.exit()).isZero();
        }
        try (var files = Files.walk(temp)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .as("native libraries are loaded where they lie")
                    .allMatch(name -> name.startsWith("stderr"));
        }
    }

    @Test
    void saysWhyFileIsRefused() throws Exception {
        Path text = Files.writeString(temp.resolve("clip.mp4"), "no clip at all");
        assertRefused(probe(text, 1 << 30), "type-not-allowed");
        assertRefused(probe(Clips.standard(folder), 100), "too-large");
        assertRefused(picture(text, temp.resolve("picture")), "type-not-allowed");
    }

    @Test
    void makesPicture() throws Exception {
        Path output = temp.resolve("picture.webp");
        try (WorkerProcess worker = WorkerProcess.start(temp)) {
            worker.tell(picture(Images.png(temp.resolve("original"), 640, 360), output));
            assertThat(worker.all())
                    .singleElement()
                    .isEqualTo(Json.MAPPER.readTree("{\"event\":\"pictured\",\"width\":320,\"height\":180,\"bytes\":"
                            + Files.size(output) + "}"));
            assertThat(worker.exit()).isZero();
        }
    }

    @Test
    void passesOnWhatHandlerDoesInItsOrder() throws Exception {
        try (WorkerProcess worker = run("whole")) {
            List<JsonNode> events = worker.all();
            assertThat(events)
                    .extracting(event -> event.path("event").asText())
                    .containsExactly(
                            "progress",
                            "log",
                            "early",
                            "segment",
                            "segment",
                            "segment",
                            "output",
                            "progress",
                            "result");
            assertThat(events.get(0).path("fraction").asDouble()).isZero();
            assertThat(events.get(1).path("line").asText()).isEqualTo("À l’œuvre\nsecond line");
            assertThat(events.get(4).toString())
                    .isEqualTo("{\"event\":\"segment\",\"output\":\"video-360\",\"segment\":{\"start\":4.0,"
                            + "\"duration\":4.0,\"range\":{\"offset\":40,\"length\":20}}}");
            assertThat(events.get(6).path("output").path("rendition").path("segments"))
                    .hasSize(3);
            assertThat(events.get(7).path("fraction").asDouble())
                    .as("the last progress is kept")
                    .isEqualTo(1);
            JsonNode result = events.get(8).path("result");
            assertThat(result.path("outputs").path(0).path("file").asText())
                    .isEqualTo(workspace.toRealPath().resolve("poster.jpg").toString());
            assertThat(result.path("metadata").path("title").asText()).isEqualTo("Titre");
            assertThat(worker.exit()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        fail                   | EXTERNAL  | The camera does not answer.
        fill the disk          | RESOURCES | The disk is full.
        exhaust memory         | RESOURCES | The job needs more memory than it may use.
        break                  | INTERNAL  | The plugin sample failed unexpectedly: not my day (IllegalStateException).
        return null            | INTERNAL  | The plugin sample is defective: The handler returned no result.
        write outside          | INTERNAL  | The plugin sample is defective: The file of the output poster is not in the workspace.
        swallow a defect       | INTERNAL  | The plugin sample is defective: The output poster is not a file.
        use the host's Jackson | INTERNAL  | The plugin sample failed unexpectedly: it uses a class that it does not bring: com.fasterxml.jackson.databind.ObjectMapper.
        """)
    void saysWhyRunFailed(String behaviour, String kind, String sentence) throws Exception {
        try (WorkerProcess worker = run(behaviour)) {
            List<JsonNode> events = worker.all();
            JsonNode last = events.get(events.size() - 1);
            assertThat(last.path("event").asText()).isEqualTo("failed");
            assertThat(last.path("kind").asText()).isEqualTo(kind);
            assertThat(last.path("message").asText()).isEqualTo(sentence);
            assertThat(worker.exit()).isZero();
            assertThat(worker.errors()).as("the stack, for the log").contains("\tat ");
        }
    }

    @ParameterizedTest
    @CsvSource({"halt,134", "exit,7", "segv,134"})
    void endsWithoutLastEventWhenProcessCrashes(String behaviour, int status) throws Exception {
        try (WorkerProcess worker = run(behaviour)) {
            assertThat(worker.lines()).noneMatch(line -> line.startsWith("{"));
            assertThat(worker.exit()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait for cancel", "return after cancel"})
    void cancels(String behaviour) throws Exception {
        try (WorkerProcess worker = run(behaviour)) {
            worker.awaitEvent("log");
            worker.tell("{'command':'cancel'}");
            assertThat(worker.all())
                    .singleElement()
                    .extracting(JsonNode::toString)
                    .isEqualTo("{\"event\":\"cancelled\"}");
            assertThat(worker.exit()).isZero();
        }
    }

    @Test
    void keepsOutputsWhenStopped() throws Exception {
        try (WorkerProcess worker = run("wait for stop")) {
            worker.awaitEvent("log");
            worker.tell("{'command':'unheard of'}").tell("not JSON").tell("{'command':'stop'}");
            assertThat(worker.all()).singleElement().satisfies(event -> assertThat(event.path("result")
                            .path("outputs")
                            .path(0)
                            .path("name")
                            .asText())
                    .isEqualTo("kept"));
        }
    }

    @Test
    void endsAtOnceWhenServerHasGoneHoweverDeafHandlerIs() throws Exception {
        try (WorkerProcess worker = run("deaf")) {
            worker.awaitEvent("log");
            worker.tell("{'command':'cancel'}");
            worker.hangUp();
            assertThat(worker.exit()).isEqualTo(1);
        }
    }

    @Test
    void endsWhenServerHasGoneBeforeItAsked() throws Exception {
        try (WorkerProcess worker = WorkerProcess.start(temp)) {
            worker.hangUp();
            assertThat(worker.exit()).isEqualTo(1);
        }
    }

    @Test
    void warnsOfThreadsLeftRunningAndEndsAnyway() throws Exception {
        try (WorkerProcess worker = run("leave threads")) {
            assertThat(worker.all())
                    .extracting(event ->
                            event.path("event").asText() + event.path("line").asText())
                    .contains("logThe plugin sample left threads running: left behind")
                    .last()
                    .isEqualTo("result");
            assertThat(worker.exit()).isZero();
        }
    }

    @Test
    void keepsProtocolFromPlugins() throws Exception {
        try (WorkerProcess worker = run("print")) {
            List<JsonNode> events = worker.all();
            assertThat(events).extracting(event -> event.path("event").asText()).containsExactly("log", "result");
            assertThat(events.get(0).path("line").asText()).isEqualTo("stdin -1");
            assertThat(worker.exit()).isZero();
            assertThat(worker.errors()).contains("\"outputs\":[]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "{}",
                "{'command':'dance'}",
                "{'command':'describe'}",
                "{'command':'run','plugin':'/x.jar'}"
            })
    void answersMalformedRequest(String request) throws Exception {
        try (WorkerProcess worker = WorkerProcess.start(temp)) {
            worker.tell(request);
            assertThat(worker.all()).singleElement().satisfies(event -> {
                assertThat(event.path("event").asText()).isEqualTo("failed");
                assertThat(event.path("kind").asText()).isEqualTo("INTERNAL");
            });
            assertThat(worker.exit()).isEqualTo(2);
        }
    }

    @Test
    void leavesNothingInItsTemporaryFolder() throws Exception {
        Path withLibrary = new Archive()
                .provider("sample.plugin.LibraryPlugin")
                .classes("sample.plugin.LibraryPlugin")
                .file(
                        "lib/library.jar",
                        new Archive()
                                .classes("sample.plugin.Library")
                                .file("texts/a name.txt", "1.0")
                                .bytes())
                .writeTo(folder.resolve("library.jar"));
        try (WorkerProcess worker = WorkerProcess.start(temp)) {
            worker.tell("{'command':'describe','plugin':'" + withLibrary + "'}");
            assertThat(worker.all())
                    .extracting(event -> event.path("event").asText())
                    .containsExactly("described");
            worker.exit();
        }
        try (var left = Files.list(temp)) {
            assertThat(left).allMatch(file -> file.getFileName().toString().startsWith("stderr"));
        }
    }

    private void assertRefused(String request, String reason) throws Exception {
        try (WorkerProcess worker = WorkerProcess.start(temp)) {
            worker.tell(request);
            assertThat(worker.all()).singleElement().satisfies(event -> {
                assertThat(event.path("event").asText()).isEqualTo("refused");
                assertThat(event.path("reason").asText()).isEqualTo(reason);
                assertThat(event.path("message").asText()).endsWith(".");
            });
            assertThat(worker.exit()).isZero();
        }
    }

    private static String probe(Path input, long maxBytes) {
        return """
                {"command":"probe","input":"%s","limits":{"maxBytes":%d,"maxPixels":35389440,"maxStreams":32,\
                "maxDurationSeconds":43200,"maxFrameRate":300}}"""
                .formatted(input, maxBytes);
    }

    private static String picture(Path input, Path output) {
        return """
                {"command":"picture","input":"%s","output":"%s","format":"webp","maxWidth":320,"maxHeight":320}"""
                .formatted(input, output);
    }

    private WorkerProcess run(String behaviour) throws IOException {
        return WorkerProcess.start(temp)
                .tell(
                        """
                {"command":"run","plugin":"%s","jobId":"1","attempt":1,"type":"sample.act","workspace":"%s",\
                "inputs":[],"parameters":{"behaviour":"%s"},"lastAttempt":null,"unknown":[1]}"""
                                .formatted(plugin, workspace, behaviour.replace("'", "\\u0027")));
    }
}
