package io.regie.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.QuarkusApplication;
import io.regie.core.process.Trees;
import io.regie.core.settings.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A start for nobody: on a temporary directory and a free port, uploading a clip and asking for what visitors ask first,
 * then stopping. The build runs one to write the archive of classes that makes real starts and the first upload after
 * them fast; an operator may run one to see whether a machine can run Regie.
 */
public final class Rehearsal implements QuarkusApplication {

    static final String ARGUMENT = "--rehearse";

    private static final String ADMINISTRATOR = "nobody@localhost";
    private static final String PASSWORD = UUID.randomUUID().toString();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ATTEMPTS = 300;
    private static final int PAUSE = 200;

    private final Installation installation;
    private @Nullable String authorization;

    Rehearsal(Installation installation) {
        this.installation = installation;
    }

    static boolean asked(String... arguments) {
        return List.of(arguments).contains(ARGUMENT);
    }

    /** @return the directory to delete afterwards */
    static Path prepare() {
        try {
            Path data = Files.createTempDirectory("regie-rehearsal");
            // A root server's unprivileged accounts must be able to enter.
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
            System.setProperty("regie.data", data.toString());
            System.setProperty("regie.admin-email", ADMINISTRATOR);
            System.setProperty("regie.admin-password", PASSWORD);
            System.setProperty("quarkus.http.host", "127.0.0.1");
            try (ServerSocket free = new ServerSocket(0)) {
                System.setProperty("quarkus.http.port", Integer.toString(free.getLocalPort()));
            }
            return data;
        } catch (IOException e) {
            throw new CannotStartException("The rehearsal needs a temporary directory: " + e.getMessage());
        }
    }

    static void cleanUp(Path data) {
        try {
            Trees.delete(data);
        } catch (IOException e) {
            System.err.println("The rehearsal left " + data + " behind: " + e.getMessage());
        }
    }

    /** @return 0 when everything that makes Regie ready was, and a clip became playable */
    @Override
    public int run(String... arguments) throws InterruptedException {
        try {
            return rehearse();
        } catch (IOException e) {
            System.err.println("The rehearsal failed: " + e.getMessage());
            return 1;
        }
    }

    private int rehearse() throws IOException, InterruptedException {
        if (!await(() -> status("/q/health/ready") == 200)) {
            System.err.println("Regie did not become ready.");
            return 1;
        }
        // Passwords are for making tokens, and refused elsewhere.
        authorization = "Basic " + base64(ADMINISTRATOR + ":" + PASSWORD);
        String token = ask("POST", "/api/v1/tokens", "{\"name\":\"rehearsal\",\"scopes\":[\"*\"]}")
                .get("token")
                .asText();
        authorization = "Bearer " + token;
        String article = upload(installation.bundled().resolve("sample").resolve("slow-waves.mp4"));
        JsonNode[] media = new JsonNode[1];
        if (!await(() -> {
            media[0] = ask("GET", "/api/v1/media/" + article, null);
            return media[0].get("playable").asBoolean();
        })) {
            System.err.println("The sample did not become playable: " + media[0]);
            return 1;
        }
        for (String page : List.of("/", "/sign-in", "/api/v1/media")) {
            if (status(page) != 200) {
                System.err.println(page + " was not answered.");
                return 1;
            }
        }
        for (String page : List.of("hlsUrl", "posterUrl", "watchUrl")) {
            status(media[0].get(page).asText());
        }
        return 0;
    }

    private interface Condition {
        boolean met() throws IOException;
    }

    private static boolean await(Condition condition) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (condition.met()) {
                return true;
            }
            Thread.sleep(PAUSE);
        }
        return false;
    }

    /** @return the id of the article */
    private String upload(Path file) throws IOException {
        HttpURLConnection connection = open("POST", "/api/v1/uploads");
        connection.setRequestProperty("Tus-Resumable", "1.0.0");
        connection.setRequestProperty("Upload-Length", Long.toString(Files.size(file)));
        connection.setRequestProperty(
                "Upload-Metadata", "filename " + base64(file.getFileName().toString()));
        connection.setRequestProperty("Content-Type", "application/offset+octet-stream");
        connection.setDoOutput(true);
        try (OutputStream body = connection.getOutputStream()) {
            Files.copy(file, body);
        }
        if (connection.getResponseCode() != 201) {
            throw new IOException("The sample was answered " + connection.getResponseCode());
        }
        return connection.getHeaderField("Regie-Article");
    }

    private JsonNode ask(String method, String path, @Nullable String body) throws IOException {
        HttpURLConnection connection = open(method, path);
        if (body != null) {
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        try (InputStream answer = connection.getInputStream()) {
            return JSON.readTree(answer);
        }
    }

    private int status(String path) throws IOException {
        HttpURLConnection connection = open("GET", path);
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection open(String method, String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + System.getProperty("quarkus.http.port"))
                .resolve(path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod(method);
        if (authorization != null) {
            connection.setRequestProperty("Authorization", authorization);
        }
        return connection;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
