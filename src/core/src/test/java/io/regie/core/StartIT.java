package io.regie.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.regie.core.process.Privileges;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator meets when starting the packaged application. */
class StartIT {

    /** PostgreSQL refuses ids without a name. */
    private static final int NOBODY = 65534;

    private static final Path JAR = Path.of("target/quarkus-app/regie.jar").toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void saysInOneSentenceThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String output = run(List.of(), Map.of("REGIE_PORT", Integer.toString(taken.getLocalPort())));
            assertThat(output.lines()).hasSize(1);
            assertThat(output).contains("Port " + taken.getLocalPort() + " is taken", "REGIE_PORT");
        }
    }

    @Test
    void saysInOneSentenceThatTheDirectoryIsTaken() throws Exception {
        try (RegieServer first = RegieServer.start()) {
            String output = run(
                    List.of(),
                    Map.of("REGIE_PORT", "0", "REGIE_DATA", first.data().toString()));
            assertThat(output.lines()).hasSize(1);
            assertThat(output).contains("Another Regie already runs");
        }
    }

    @Test
    void takesItsClassesFromTheArchiveThatTheBuildMade() throws Exception {
        Path loaded = folder.resolve("loaded.txt");
        try (RegieServer server = RegieServer.start(Map.of(
                "JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + loaded + "::filecount=0",
                "REGIE_ADMIN_EMAIL", RegieServer.EMAIL,
                "REGIE_ADMIN_PASSWORD", RegieServer.PASSWORD))) {
            RegieClient.visitor(server).get("/");
        }
        List<String> ours = Files.readAllLines(loaded).stream()
                .filter(line -> line.contains(" io.regie.core.") && !line.contains("$$Lambda"))
                .toList();
        assertThat(ours).hasSizeGreaterThan(200);
        assertThat(ours.stream().filter(line -> line.contains("shared objects file (top)")))
                .as("%s", ours.stream().filter(line -> !line.contains("shared")).toList())
                .hasSizeGreaterThan(ours.size() * 9 / 10);
    }

    @Test
    void rehearsesOnATemporaryDirectoryThatItRemoves() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-jar",
                        JAR.toString(),
                        "--rehearse")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(temporary).isDirectoryNotContaining("glob:**/regie-*");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void isClosedUntilSetUpWithTheCodeItPrinted() throws Exception {
        try (RegieServer server = RegieServer.start(Map.of())) {
            RegieClient visitor = RegieClient.visitor(server);
            assertThat(visitor.get("/api/v1/media").statusCode()).isEqualTo(503);
            Matcher code = Pattern.compile("code: ([A-Z0-9]+(-[A-Z0-9]+)+)").matcher(server.log());
            assertThat(code.find()).as(server.log()).isTrue();
            var body = new ObjectMapper()
                    .createObjectNode()
                    .put("code", code.group(1))
                    .put("siteName", "My site")
                    .put("email", RegieServer.EMAIL)
                    .put("password", RegieServer.PASSWORD);
            HttpResponse<String> done = visitor.send("POST", "/api/v1/setup", body);
            assertThat(done.statusCode()).as(done.body()).isEqualTo(201);
            assertThat(visitor.get("/api/v1/media").statusCode()).isEqualTo(200);
            assertThat(visitor.send("POST", "/api/v1/setup", body).statusCode()).isEqualTo(409);
            assertThat(RegieClient.admin(server).get("/api/v1/media").statusCode())
                    .isEqualTo(200);
        }
    }

    /** The tests run as root on some machines and as somebody on others; as root, both are shown. */
    @Test
    void startsAsAnOrdinaryUser() throws Exception {
        if (!Privileges.root()) {
            RegieServer.start().close();
            return;
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path data = Files.createDirectory(folder.resolve("data"));
        Privileges.give(data, NOBODY);
        Process process = process(
                Privileges.dropTo(NOBODY, List.of()),
                Map.of(
                        "REGIE_DATA",
                        data.toString(),
                        "REGIE_PORT",
                        "0",
                        "QUARKUS_HTTP_PORT",
                        "0",
                        "HOME",
                        folder.toString()));
        try {
            StringBuilder output = new StringBuilder();
            var reader = process.inputReader();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.append(line).append('\n');
                if (line.contains("Listening on")) {
                    return;
                }
            }
            throw new AssertionError(output.toString());
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private String run(List<String> prefix, Map<String, String> environment) throws Exception {
        Process process = process(prefix, environment);
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        return output.strip();
    }

    private Process process(List<String> prefix, Map<String, String> environment) throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-jar",
                JAR.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
