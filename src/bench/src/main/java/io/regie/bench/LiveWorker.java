package io.regie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A worker with several recordings in it, started and asked as the server does it. */
final class LiveWorker implements Measured.Talk {

    private static final Path WORKER = Path.of("src/worker/target/worker");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path plugin;
    private final Path folder;
    private final int streams;
    private final ObjectNode parameters;
    private final URI source;
    private final RelayDouble relay;

    /** @param parameters of every recording */
    LiveWorker(Path plugin, Path folder, int streams, ObjectNode parameters, URI source, RelayDouble relay)
            throws IOException {
        this.plugin = plugin;
        this.folder = Files.createDirectories(folder.toAbsolutePath());
        this.streams = streams;
        this.parameters = parameters;
        this.source = source;
        this.relay = relay;
    }

    List<String> command() throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("temp")),
                "-Djava.library.path=" + WORKER.resolve("native").toAbsolutePath(),
                "-Dorg.bytedeco.javacpp.pathsFirst=true",
                "-Dorg.bytedeco.javacpp.platform.extension=-gpl",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dorg.bytedeco.javacpp.noPointerGC=true",
                "-cp",
                WORKER + "/*",
                "io.regie.worker.Worker");
    }

    @Override
    public void with(Process worker) throws IOException {
        try (OutputStream requests = worker.getOutputStream();
                BufferedReader events = worker.inputReader(StandardCharsets.UTF_8)) {
            send(requests, JSON.createObjectNode().put("command", "share"));
            for (int i = 0; i < streams; i++) {
                send(requests, request(i));
            }
            int left = streams;
            while (left > 0) {
                String line = events.readLine();
                JsonNode event = JSON.readTree(line == null ? "{}" : line);
                String name = event.path("event").asText();
                if (line == null || name.equals("failed")) {
                    throw new IOException("A recording failed: " + line);
                }
                left -= name.equals("result") ? 1 : 0;
            }
        }
    }

    private ObjectNode request(int stream) throws IOException {
        Path workspace = Files.createDirectories(folder.resolve("stream-" + stream));
        ObjectNode request = JSON.createObjectNode()
                .put("command", "run")
                .put("conversation", Integer.toString(stream))
                .put("plugin", plugin.toAbsolutePath().toString())
                .put("jobId", "bench")
                .put("attempt", 1)
                .put("type", "recording.record")
                .put("workspace", workspace.toString())
                .put("relay", relay.socket().toString())
                .put("relayToken", "bench");
        request.putArray("inputs");
        request.set("parameters", parameters);
        request.putObject("source").put("uri", source.toString()).putObject("options");
        return request;
    }

    private static void send(OutputStream requests, ObjectNode line) throws IOException {
        requests.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        requests.flush();
    }
}
