package io.regie.core;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged application as a process of its own, to be killed and started again on one data directory. */
public final class RegieServer implements AutoCloseable {

    public static final String EMAIL = "admin@example.org";
    public static final String PASSWORD = "correct horse battery";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path data;
    private final int port;
    private final Path log;
    private final Map<String, String> environment;
    private final List<String> observer;
    private Process process;

    private RegieServer(Path data, int port, Map<String, String> environment, List<String> observer) {
        this.observer = observer;
        this.data = data;
        this.port = port;
        this.log = data.resolveSibling(data.getFileName() + ".log");
        this.environment = environment;
    }

    /** Starts on a fresh data directory, with an administrator. */
    public static RegieServer start() throws Exception {
        return start(Map.of("REGIE_ADMIN_EMAIL", EMAIL, "REGIE_ADMIN_PASSWORD", PASSWORD));
    }

    public static RegieServer start(Map<String, String> environment) throws Exception {
        return start(environment, List.of());
    }

    /**
     * Starts below another program that watches it.
     *
     * @param observer the program and what it is told, except for the command it runs
     */
    public static RegieServer start(Map<String, String> environment, List<String> observer) throws Exception {
        Path data = Files.createTempDirectory("regie-it");
        // A root server's unprivileged accounts must be able to enter.
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
        return start(data, environment, observer);
    }

    /** @param data an empty directory that unprivileged accounts can enter */
    public static RegieServer start(Path data, Map<String, String> environment, List<String> observer)
            throws Exception {
        RegieServer server = new RegieServer(data, freePort(), environment, observer);
        server.startAgain();
        return server;
    }

    /** Starts and waits until ready. */
    public void startAgain() throws Exception {
        launch();
        awaitReady();
    }

    /** Starts without waiting. */
    public void launch() throws IOException {
        List<String> command = new ArrayList<>(observer);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("target/quarkus-app/java.options").toAbsolutePath(),
                "-XX:SharedArchiveFile="
                        + Path.of("target/quarkus-app/regie.jsa").toAbsolutePath(),
                "-jar",
                Path.of("target/quarkus-app/regie.jar").toAbsolutePath().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(data.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("REGIE_DATA", data.toString());
        builder.environment().put("REGIE_PORT", Integer.toString(port));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    public void awaitReady() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!ready()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("Not ready:\n" + log());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean ready() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri("/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** {@code kill -9}: nothing gets to say goodbye. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** The server itself, whoever watches it. */
    private ProcessHandle server() {
        return observer.isEmpty()
                ? process.toHandle()
                : process.toHandle().children().findFirst().orElseThrow();
    }

    public URI uri(String path) {
        return URI.create("http://localhost:" + port).resolve(path);
    }

    public Path data() {
        return data;
    }

    public Process process() {
        return process;
    }

    public String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Stops it, and with it the database, then removes the data. */
    @Override
    public void close() throws Exception {
        if (!process.isAlive()) {
            // Only a running server can stop its database.
            startAgain();
        }
        server().destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException("Did not stop:\n" + log());
        }
        new ProcessBuilder("rm", "-rf", data.toString()).start().waitFor();
        Files.deleteIfExists(log);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
