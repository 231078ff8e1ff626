package io.regie.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Drives the API as an outside program would. */
public final class RegieClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final RegieServer server;
    private final String token;

    private RegieClient(RegieServer server, String token) {
        this.server = server;
        this.token = token;
    }

    public static RegieClient visitor(RegieServer server) {
        return new RegieClient(server, null);
    }

    public static RegieClient signIn(RegieServer server, String email, String password) throws Exception {
        ObjectNode body = JSON.createObjectNode().put("name", "test");
        body.putArray("scopes").add("*");
        String basic = Base64.getEncoder().encodeToString((email + ":" + password).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.uri("/api/v1/tokens"))
                                .header("Authorization", "Basic " + basic)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new RegieClient(server, JSON.readTree(answer.body()).get("token").asText());
    }

    public static RegieClient admin(RegieServer server) throws Exception {
        return signIn(server, RegieServer.EMAIL, RegieServer.PASSWORD);
    }

    public RegieClient newAccount(String email, String role) throws Exception {
        ObjectNode body = JSON.createObjectNode()
                .put("email", email)
                .put("name", email)
                .put("role", role)
                .put("password", RegieServer.PASSWORD);
        assertThat(send("POST", "/api/v1/accounts", body).statusCode()).isEqualTo(201);
        return signIn(server, email, RegieServer.PASSWORD);
    }

    /** Creates a tus upload. @return its address */
    public URI create(long length, String filename, String visibility) throws Exception {
        HttpResponse<String> answer = begin(length, filename, visibility);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return server.uri("/").resolve(answer.headers().firstValue("Location").orElseThrow());
    }

    /** Asks for a tus upload. */
    public HttpResponse<String> begin(long length, String filename, String visibility) throws Exception {
        return begin(length, "filename " + base64(filename) + ",visibility " + base64(visibility));
    }

    /** Asks for a tus upload of what is to replace an article's file. */
    public HttpResponse<String> beginReplacing(String article, long length, String filename) throws Exception {
        return begin(length, "filename " + base64(filename) + ",replaces " + base64(article));
    }

    /** Sends a file that is to go with an article. @return its id */
    public String annex(String article, Path file) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        String name = file.getFileName().toString();
        HttpResponse<String> begun = begin(bytes.length, "filename " + base64(name) + ",annex-of " + base64(article));
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        URI upload =
                server.uri("/").resolve(begun.headers().firstValue("Location").orElseThrow());
        assertThat(patch(upload, 0, bytes).statusCode()).isEqualTo(204);
        return upload.getPath().substring(upload.getPath().lastIndexOf('/') + 1);
    }

    private HttpResponse<String> begin(long length, String metadata) throws Exception {
        return http.send(
                request("/api/v1/uploads")
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Length", Long.toString(length))
                        .header("Upload-Metadata", metadata)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> patch(URI upload, long offset, byte[] bytes) throws Exception {
        return patch(upload, offset, HttpRequest.BodyPublishers.ofByteArray(bytes));
    }

    public HttpResponse<String> patch(URI upload, long offset, HttpRequest.BodyPublisher bytes) throws Exception {
        return http.send(
                request(upload.getPath())
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Offset", Long.toString(offset))
                        .header("Content-Type", "application/offset+octet-stream")
                        .method("PATCH", bytes)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> head(URI upload) throws Exception {
        return http.send(
                request(upload.getPath())
                        .header("Tus-Resumable", "1.0.0")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Uploads whole. @return the article's id */
    public String upload(Path file, String visibility) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        URI upload = create(bytes.length, file.getFileName().toString(), visibility);
        HttpResponse<String> answer = patch(upload, 0, bytes);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        return answer.headers().firstValue("Regie-Article").orElseThrow();
    }

    public JsonNode media(String id) throws Exception {
        HttpResponse<String> answer = get("/api/v1/media/" + id);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    public JsonNode jobs(String media) throws Exception {
        HttpResponse<String> answer = get("/api/v1/jobs?media=" + media);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode page = JSON.readTree(answer.body());
        return page.has("items") ? page.get("items") : page;
    }

    /** Asks until the article is as wished. */
    public JsonNode await(String id, Duration patience, Predicate<JsonNode> wish) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        JsonNode media = media(id);
        while (!wish.test(media)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not in time: " + media.toPrettyString() + "\n" + jobs(id).toPrettyString()
                        + "\n" + server.log());
            }
            TimeUnit.MILLISECONDS.sleep(100);
            media = media(id);
        }
        return media;
    }

    public JsonNode awaitReady(String id) throws Exception {
        JsonNode media = await(
                id, Duration.ofMinutes(3), found -> !found.get("state").asText().equals("processing"));
        assertThat(media.get("state").asText()).as(media.toPrettyString()).isEqualTo("ready");
        return media;
    }

    public HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<byte[]> bytes(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path).GET();
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    public HttpResponse<String> send(String method, String path, String type, String body) throws Exception {
        return http.send(
                request(path)
                        .header("Content-Type", type)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> send(String method, String path, JsonNode body) throws Exception {
        return http.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Sends an image or other bytes that are to be something's. */
    public HttpResponse<String> put(String path, byte[] bytes) throws Exception {
        HttpResponse<String> answer = http.send(
                request(path)
                        .header("Content-Type", "application/octet-stream")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** Asks for everything that an article names. */
    public void requireEverythingListed(JsonNode media) throws Exception {
        for (String address : everyAddress(media)) {
            assertThat(bytes(address).statusCode()).as(address).isEqualTo(200);
        }
    }

    /** Every address that an article leads to: in its JSON, in its playlists, in its storyboard track. */
    public Set<String> everyAddress(JsonNode media) throws Exception {
        Set<String> found = new TreeSet<>();
        collect(media, found);
        for (String address : Set.copyOf(found)) {
            if (address.matches(".*\\.(m3u8|mpd|vtt)")) {
                follow(address, found);
            }
        }
        found.add("/api/v1/media/" + media.get("id").asText());
        return found;
    }

    private void follow(String address, Set<String> found) throws Exception {
        String text = get(address).body();
        Matcher matcher = Pattern.compile("/media/[A-Za-z0-9/._-]+").matcher(text);
        while (matcher.find()) {
            if (found.add(matcher.group()) && matcher.group().endsWith(".m3u8")) {
                follow(matcher.group(), found);
            }
        }
    }

    private static void collect(JsonNode node, Set<String> found) {
        if (node.isTextual() && node.asText().matches("/(media|watch)/.*")) {
            found.add(node.asText());
        }
        node.forEach(child -> collect(child, found));
    }

    private HttpRequest.Builder request(String path) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path)).timeout(Duration.ofSeconds(60));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
