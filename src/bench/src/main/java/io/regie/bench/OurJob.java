package io.regie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ladder job as the server runs it: a worker process of its own with the plugin's jar. */
final class OurJob {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path plugin;
    private final Path workspace;
    private final List<String> worker;

    /** @param workerClassPath all jars of the worker, as the server starts it */
    OurJob(String workerClassPath, Path plugin, Path workspace) {
        this.plugin = plugin;
        this.workspace = workspace;
        this.worker = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dorg.bytedeco.javacpp.platform.extension=-gpl",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dorg.bytedeco.javacpp.noPointerGC=true",
                "-cp",
                workerClassPath,
                "io.regie.worker.Worker");
    }

    Measured run(Path original) throws IOException, InterruptedException {
        Files.createDirectories(workspace);
        ObjectNode request = JSON.createObjectNode()
                .put("command", "run")
                .put("plugin", plugin.toAbsolutePath().toString())
                .put("jobId", "bench")
                .put("attempt", 1)
                .put("type", "transcoding.ladder")
                .put("workspace", workspace.toAbsolutePath().toString());
        request.putArray("inputs")
                .addObject()
                .put("path", original.toAbsolutePath().toString())
                .set("info", probe(original));
        request.putObject("parameters");
        return Measured.together(List.of(worker), request + "\n");
    }

    /** What it made, by height. */
    Map<Integer, Path> rungs() {
        Map<Integer, Path> rungs = new LinkedHashMap<>();
        for (int height : new int[] {1080, 720, 480, 360, 240, 144}) {
            Path file = workspace.resolve("video-" + height + ".mp4");
            if (Files.exists(file)) {
                rungs.put(height, file);
            }
        }
        return rungs;
    }

    private JsonNode probe(Path original) throws IOException {
        ObjectNode request = JSON.createObjectNode()
                .put("command", "probe")
                .put("input", original.toAbsolutePath().toString());
        request.putObject("limits")
                .put("maxBytes", Long.MAX_VALUE)
                .put("maxPixels", 8192L * 4320)
                .put("maxStreams", 32)
                .put("maxDurationSeconds", 86_400)
                .put("maxFrameRate", 240);
        Process process = new ProcessBuilder(worker)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().write((request + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
            String line = answers.readLine();
            JsonNode answer = JSON.readTree(line == null ? "{}" : line);
            if (!answer.path("event").asText().equals("probed")) {
                throw new IOException("The worker could not probe the clip: " + line);
            }
            return answer.get("info");
        }
    }
}
