package io.regie.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regie.core.access.Visibility;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tus-js-client, which knows nothing of this server, makes of it. */
class TusClientTest {

    private static final Path CLIENT = Path.of("src/test/tus");
    private static final byte[] PNG = TusConformanceTest.png(20_000_000);

    @TempDir
    static Path directory;

    private static TusServer server;
    private static Path file;

    @BeforeAll
    static void start() throws Exception {
        server = TusServer.start(directory);
        file = Files.write(directory.resolve("holiday.png"), PNG);
        for (String name : List.of("package.json", "package-lock.json", ".npmrc", "upload.mjs")) {
            Files.copy(CLIENT.resolve(name), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Ended installed = run(List.of("npm", "ci"));
        assertThat(installed.code()).as(installed.output()).isZero();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void uploadsInChunks() throws Exception {
        JsonNode said = upload("plain.json", 6_000_000, 0);
        assertThat(said.get("requests").toString())
                .isEqualTo("[\"POST 201\",\"PATCH 204\",\"PATCH 204\",\"PATCH 204\",\"PATCH 204\"]");
        assertWhole(said);
    }

    @Test
    void resumesAfterTheClientDiedInTheMiddle() throws Exception {
        Ended died = run(command("cut.json", Integer.MAX_VALUE, 7_000_000));
        assertThat(died.code()).as(died.output()).isEqualTo(3);
        JsonNode said = upload("cut.json", Integer.MAX_VALUE, 0);
        assertThat(said.get("resumed").asBoolean()).isTrue();
        assertThat(said.get("requests").get(0).asText()).isEqualTo("HEAD 200");
        assertThat(said.get("requests").toString()).doesNotContain("POST");
        assertWhole(said);
    }

    @Test
    void resumesAfterTheServerDiedInTheMiddle() throws Exception {
        Ended died = run(command("restart.json", 3_000_000, 7_000_000));
        assertThat(died.code()).as(died.output()).isEqualTo(3);
        // A client that comes back finds the server at another port, so its memory needs the new address.
        String before = ":" + server.port() + "/";
        server.restart();
        Path storage = directory.resolve("restart.json");
        Files.writeString(storage, Files.readString(storage).replace(before, ":" + server.port() + "/"));
        JsonNode said = upload("restart.json", 3_000_000, 0);
        assertThat(said.get("resumed").asBoolean()).isTrue();
        assertWhole(said);
    }

    private static void assertWhole(JsonNode said) throws Exception {
        String url = said.get("url").asText();
        FakeMedia.Article article = server.media.articles.get(UUID.fromString(url.substring(url.lastIndexOf('/') + 1)));
        assertThat(said.get("article").asText()).isEqualTo(article.id().toString());
        assertThat(article.upload().title()).isEqualTo("From a client");
        assertThat(article.upload().visibility()).isEqualTo(Visibility.UNLISTED);
        assertThat(article.upload().file().sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(PNG)));
    }

    private static JsonNode upload(String storage, int chunk, int dieAt) throws Exception {
        Ended ended = run(command(storage, chunk, dieAt));
        assertThat(ended.code()).as(ended.output()).isZero();
        return new ObjectMapper().readTree(ended.output());
    }

    private static List<String> command(String storage, int chunk, int dieAt) {
        List<String> command = new ArrayList<>(List.of(
                "node",
                "upload.mjs",
                "http://127.0.0.1:" + server.port() + TusRoutes.PATH,
                server.alice.toString(),
                file.toString(),
                storage,
                Integer.toString(chunk)));
        if (dieAt > 0) {
            command.add(Integer.toString(dieAt));
        }
        return command;
    }

    private record Ended(int code, String output) {}

    private static Ended run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", "");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command + " did not end");
        }
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
