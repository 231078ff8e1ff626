package io.regie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A running site and somebody who signed in there. */
record Site(URI address, String authorization) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param address as in {@code http://localhost:8080} */
    static Site signIn(String address, String email, String password) throws IOException {
        String basic = Base64.getEncoder().encodeToString((email + ":" + password).getBytes(StandardCharsets.UTF_8));
        Site asked = new Site(URI.create(address), "Basic " + basic);
        JsonNode token = asked.ask("POST", "/api/v1/tokens", "{\"name\":\"bench\",\"scopes\":[\"*\"]}");
        return new Site(asked.address, "Bearer " + token.get("token").asText());
    }

    /** Reads an answer as JSON. @param body JSON as well, or null to send none */
    JsonNode ask(String method, String path, @Nullable String body) throws IOException {
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

    /** Reads an answer, or a range of one, as text. */
    String read(String path, @Nullable String range) throws IOException {
        HttpURLConnection connection = open("GET", path);
        if (range != null) {
            connection.setRequestProperty("Range", range);
        }
        try (InputStream answer = connection.getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    HttpURLConnection open(String method, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) address.resolve(path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setRequestProperty("Authorization", authorization);
        return connection;
    }
}
