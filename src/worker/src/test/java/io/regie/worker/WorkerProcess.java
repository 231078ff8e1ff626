package io.regie.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A worker as the server starts it, and the server's end of its protocol. Each line must be JSON. */
final class WorkerProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader events;
    private final Path errors;

    private WorkerProcess(Process process, Path errors) {
        this.process = process;
        this.events = process.inputReader(StandardCharsets.UTF_8);
        this.errors = errors;
    }

    /** @param temp the only folder that it may write */
    static WorkerProcess start(Path temp) throws IOException {
        Path errors = Files.createTempFile(temp, "stderr", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-XX:+DisplayVMOutputToStderr",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-XX:ErrorFile=" + temp.resolve("hs_err.log"),
                "-XX:+DisableAttachMechanism",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + temp,
                "-Djava.library.path=" + Path.of("target/worker/native").toAbsolutePath(),
                "-Dorg.bytedeco.javacpp.pathsFirst=true",
                "-Dorg.bytedeco.javacpp.platform.extension=-gpl",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dorg.bytedeco.javacpp.noPointerGC=true",
                "-cp",
                classPath(),
                Worker.class.getName()));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(temp.toFile()).redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("HOME", temp.toString());
        return new WorkerProcess(builder.start(), errors);
    }

    /** Without tests and without native libraries in jars: as a worker has it. */
    private static String classPath() {
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(tests.split(File.pathSeparator))
                .filter(path ->
                        !path.endsWith("test-classes") && !path.contains("-linux-") && !path.contains("-macosx-"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    WorkerProcess tell(String line) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).write(line.replace('\'', '"') + "\n");
        process.outputWriter(StandardCharsets.UTF_8).flush();
        return this;
    }

    /** The next event, or an empty node after the last. */
    JsonNode next() throws IOException {
        String line = events.readLine();
        return line == null ? Json.MAPPER.missingNode() : Json.MAPPER.readTree(line);
    }

    /** All events up to the last. */
    List<JsonNode> all() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode event = next(); !event.isMissingNode(); event = next()) {
            all.add(event);
            if (!List.of("progress", "log", "early", "segment", "output")
                    .contains(event.path("event").asText())) {
                hangUp();
            }
        }
        return all;
    }

    /** Everything up to the end, as it is: a virtual machine that crashes prints its last words here too. */
    List<String> lines() {
        return events.lines().toList();
    }

    void awaitEvent(String name) throws IOException {
        JsonNode event = next();
        while (!event.path("event").asText().equals(name)) {
            if (event.isMissingNode()) {
                throw new AssertionError("The worker ended before its event " + name + ": " + errors());
            }
            event = next();
        }
    }

    void hangUp() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).close();
    }

    int exit() throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("The worker does not end");
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
