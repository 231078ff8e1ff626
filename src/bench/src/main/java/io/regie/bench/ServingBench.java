package io.regie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many pages a second visitors get, and how many segments, against nginx that serves the same bytes from the same
 * disk in the same run. On a running site on this machine with a public film that is ready; {@code wrk} and
 * {@code nginx} come from the system. Each is asked for in turns ({@code -Drounds=3}, {@code -Dseconds=5} each), by 20
 * connections of two threads.
 *
 * <pre>{@code
 * java -cp 'src/bench/target/classes:src/bench/target/bench/*' io.regie.bench.ServingBench http://127.0.0.1:8080
 * }</pre>
 */
public final class ServingBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final int SECONDS = Integer.getInteger("seconds", 5);
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
    private static final Pattern ERRORS = Pattern.compile("(?m)^\\s*(Non-2xx.*|Socket errors.*)$");
    private static final Pattern BYTERANGE = Pattern.compile("#EXT-X-BYTERANGE:(\\d+)@(\\d+)");

    /** @param range of bytes, null for all */
    private record Target(String name, String address, @Nullable String range, List<Double> rates, List<Double> p99) {
        Target(String name, String address, @Nullable String range) {
            this(name, address, range, new ArrayList<>(), new ArrayList<>());
        }
    }

    private final URI site;

    private ServingBench(URI site) {
        this.site = site;
    }

    /** @param arguments the site */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new ServingBench(URI.create(arguments[0])).run();
    }

    private void run() throws IOException, InterruptedException {
        JsonNode film = film();
        Segment segment = segment(film.get("hlsUrl").asText());
        Path folder = Files.createTempDirectory("serving-bench");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path copy = folder.resolve("segment");
        try (InputStream bytes = open(segment.address()).getInputStream()) {
            Files.copy(bytes, copy);
        }
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
        int port = freePort();
        Process nginx = nginx(folder, port);
        try {
            List<Target> targets = List.of(
                    new Target("home page", site.resolve("/").toString(), null),
                    new Target(
                            "watch page",
                            site.resolve(film.get("watchUrl").asText()).toString(),
                            null),
                    new Target("segment of " + segment.bytes() / 1024 + " KiB", segment.address(), segment.range()),
                    new Target("the same by nginx", "http://127.0.0.1:" + port + "/segment", segment.range()));
            for (int round = 0; round <= ROUNDS; round++) {
                for (Target target : targets) {
                    ask(target, round > 0);
                }
            }
            print(targets);
        } finally {
            nginx.destroy();
            nginx.waitFor(5, TimeUnit.SECONDS);
        }
    }

    private static void print(List<Target> targets) {
        System.out.println("| what | requests/s | p99 ms |");
        System.out.println("|---|---|---|");
        for (Target target : targets) {
            System.out.printf(
                    Locale.ROOT, "| %s | %.0f | %.1f |%n", target.name(), median(target.rates()), median(target.p99()));
        }
        System.out.printf(
                Locale.ROOT,
                "segments: %.2f of nginx%n",
                median(targets.get(2).rates()) / median(targets.get(3).rates()));
    }

    private void ask(Target target, boolean counts) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("wrk", "-t2", "-c20", "-d" + SECONDS + "s", "--latency", target.address()));
        if (target.range() != null) {
            command.addAll(List.of("-H", "Range: " + target.range()));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(said);
        Matcher p99 = P99.matcher(said);
        if (process.waitFor() != 0
                || !rate.find()
                || !p99.find()
                || ERRORS.matcher(said).find()) {
            throw new IOException(target.name() + ": " + said);
        }
        if (counts) {
            target.rates().add(Double.valueOf(rate.group(1)));
            double unit = p99.group(2).equals("us") ? 0.001 : p99.group(2).equals("s") ? 1000 : 1;
            target.p99().add(Double.parseDouble(p99.group(1)) * unit);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private JsonNode film() throws IOException {
        for (JsonNode media : JSON.readTree(read("/api/v1/media")).get("items")) {
            if (media.get("playable").asBoolean() && media.get("kind").asText().equals("video")) {
                return media;
            }
        }
        throw new IOException("The site shows visitors no film that plays");
    }

    private record Segment(String address, @Nullable String range, long bytes) {}

    /** The second segment of the variant that is listed first. */
    private Segment segment(String manifest) throws IOException {
        String playlist = read(manifest)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .orElseThrow();
        String address = site.resolve(manifest).resolve(playlist).toString();
        @Nullable String range = null;
        long bytes = 0;
        int segments = 0;
        for (String line : read(address).split("\n")) {
            Matcher part = BYTERANGE.matcher(line);
            if (part.find()) {
                bytes = Long.parseLong(part.group(1));
                long start = Long.parseLong(part.group(2));
                range = "bytes=" + start + "-" + (start + bytes - 1);
            } else if (!line.startsWith("#") && !line.isBlank() && ++segments == 2) {
                String found = URI.create(address).resolve(line.strip()).toString();
                return new Segment(found, range, bytes == 0 ? open(found).getContentLengthLong() : bytes);
            }
        }
        throw new IOException(playlist + " lists fewer than two segments");
    }

    private static Process nginx(Path folder, int port) throws IOException, InterruptedException {
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(
                configuration,
                """
                daemon off;
                worker_processes 2;
                pid %1$s/pid;
                error_log %1$s/error.log;
                events { worker_connections 256; }
                http {
                    access_log off;
                    sendfile on;
                    tcp_nopush on;
                    keepalive_requests 1000000;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    server { listen 127.0.0.1:%2$d; root %1$s; }
                }
                """
                        .formatted(folder, port));
        Process process = new ProcessBuilder("nginx", "-p", folder.toString(), "-c", configuration.toString())
                .inheritIO()
                .start();
        for (int attempt = 0; attempt < 100 && process.isAlive(); attempt++) {
            try {
                URI.create("http://127.0.0.1:" + port + "/segment")
                        .toURL()
                        .openStream()
                        .close();
                return process;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new IOException("nginx did not start");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private String read(String path) throws IOException {
        try (InputStream answer = open(path).getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpURLConnection open(String path) throws IOException {
        return (HttpURLConnection) site.resolve(path).toURL().openConnection();
    }
}
