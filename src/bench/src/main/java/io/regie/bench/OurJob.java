package io.regie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The jobs that an upload starts as the server runs them: at the same time, each in a worker process of its own. */
final class OurJob {

    private static final Path WORKER = Path.of("src/worker/target/worker");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path plugin;
    private final Path workspace;
    private final List<String> worker;

    OurJob(Path plugin, Path workspace) {
        this.plugin = plugin;
        this.workspace = workspace;
        this.worker = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.library.path=" + WORKER.resolve("native").toAbsolutePath(),
                "-Dorg.bytedeco.javacpp.pathsFirst=true",
                "-Dorg.bytedeco.javacpp.platform.extension=-gpl",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dorg.bytedeco.javacpp.noPointerGC=true",
                "-cp",
                WORKER + "/*",
                "io.regie.worker.Worker");
    }

    Measured run(Path original) throws IOException, InterruptedException {
        JsonNode info = probe(original);
        List<String> requests = List.of(
                request("transcoding.copy", original, info, workspace.resolve("copy"), JSON.createObjectNode()),
                request("transcoding.ladder", original, info, workspace.resolve("ladder"), JSON.createObjectNode()));
        return Measured.together(Collections.nCopies(requests.size(), worker), requests);
    }

    /** One job on its own. @param parameters as JSON */
    Measured run(String type, Path original, String parameters) throws IOException, InterruptedException {
        String request = request(type, original, probe(original), workspace, (ObjectNode) JSON.readTree(parameters));
        return Measured.together(List.of(worker), List.of(request));
    }

    private String request(String type, Path original, JsonNode info, Path folder, ObjectNode parameters)
            throws IOException {
        Files.createDirectories(folder);
        ObjectNode request = JSON.createObjectNode()
                .put("command", "run")
                .put("plugin", plugin.toAbsolutePath().toString())
                .put("jobId", "bench")
                .put("attempt", 1)
                .put("type", type)
                .put("workspace", folder.toAbsolutePath().toString());
        request.putArray("inputs")
                .addObject()
                .put("path", original.toAbsolutePath().toString())
                .set("info", info);
        request.set("parameters", parameters);
        return request + "\n";
    }

    /** What it made, by height. */
    Map<Integer, Path> rungs() {
        Map<Integer, Path> rungs = new LinkedHashMap<>();
        for (int height : new int[] {1080, 720, 480, 360, 240, 144}) {
            for (String job : List.of("copy", "ladder")) {
                Path file = workspace.resolve(job).resolve("video-" + height + ".mp4");
                if (Files.exists(file)) {
                    rungs.put(height, file);
                }
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
