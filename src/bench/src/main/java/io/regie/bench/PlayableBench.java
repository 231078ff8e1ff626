package io.regie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long after its last byte a film plays: uploads it to a running site and asks until the manifest, its first variant's
 * and audio's playlists and three segments of each answer.
 *
 * <pre>{@code
 * java -cp 'src/bench/target/classes:src/bench/target/bench/*' io.regie.bench.PlayableBench \
 *     http://localhost:8080 you@example.org password film.mp4
 * }</pre>
 */
public final class PlayableBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PIECE = 64 << 10;
    /** Between questions, in ms: who asks more often takes the time that is measured from a small machine. */
    private static final int PAUSE = 100;

    private static final int WARM_UP = 20;
    private static final String BYTERANGE = "#EXT-X-BYTERANGE:";

    private final URI site;
    private final String authorization;

    private PlayableBench(URI site, String authorization) {
        this.site = site;
        this.authorization = authorization;
    }

    /** @param arguments the site, e-mail address, password, and films */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String basic = Base64.getEncoder()
                .encodeToString((arguments[1] + ":" + arguments[2]).getBytes(StandardCharsets.UTF_8));
        PlayableBench bench = new PlayableBench(URI.create(arguments[0]), "Basic " + basic);
        String token = bench.token();
        bench = new PlayableBench(bench.site, "Bearer " + token);
        // So that this program's own first steps are not measured.
        for (int each = 0; each < WARM_UP; each++) {
            JSON.readTree(bench.read("/q/health/ready"));
        }
        System.out.println("| film | MB | body s | last byte to answer s | last byte to playable s |");
        System.out.println("|---|---|---|---|---|");
        for (int each = 3; each < arguments.length; each++) {
            bench.measure(Path.of(arguments[each]));
        }
    }

    private String token() throws IOException {
        HttpURLConnection connection = open("POST", "/api/v1/tokens");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write("{\"name\":\"bench\",\"scopes\":[\"*\"]}".getBytes(StandardCharsets.UTF_8));
        try (InputStream answer = connection.getInputStream()) {
            return JSON.readTree(answer).get("token").asText();
        }
    }

    private void measure(Path film) throws IOException, InterruptedException {
        long bytes = Files.size(film);
        HttpURLConnection upload = open("POST", "/api/v1/uploads");
        upload.setRequestProperty("Tus-Resumable", "1.0.0");
        upload.setRequestProperty("Upload-Length", Long.toString(bytes));
        upload.setRequestProperty(
                "Upload-Metadata",
                "filename "
                        + Base64.getEncoder()
                                .encodeToString(film.getFileName().toString().getBytes(StandardCharsets.UTF_8)));
        upload.setRequestProperty("Content-Type", "application/offset+octet-stream");
        upload.setFixedLengthStreamingMode(bytes);
        upload.setDoOutput(true);
        long first = System.nanoTime();
        try (InputStream in = Files.newInputStream(film);
                OutputStream out = upload.getOutputStream()) {
            byte[] piece = new byte[PIECE];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                out.write(piece, 0, read);
            }
            out.flush();
        }
        long last = System.nanoTime();
        if (upload.getResponseCode() != 201) {
            throw new IOException("The upload was answered " + upload.getResponseCode());
        }
        long answered = System.nanoTime();
        String article = upload.getHeaderField("Regie-Article");
        while (!playable(article)) {
            Thread.sleep(PAUSE);
        }
        long playable = System.nanoTime();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.2f | %.2f | %.2f |%n",
                film.getFileName(),
                bytes / 1e6,
                (last - first) / 1e9,
                (answered - last) / 1e9,
                (playable - last) / 1e9);
    }

    private boolean playable(String article) throws IOException {
        JsonNode media = JSON.readTree(read("/api/v1/media/" + article));
        if (!media.get("failure").isNull()) {
            throw new IOException("Refused: " + media.get("failure"));
        }
        if (!media.get("playable").asBoolean()) {
            return false;
        }
        String manifest = media.get("hlsUrl").asText();
        @Nullable String audio = null;
        @Nullable String video = null;
        String[] lines = read(manifest).split("\n");
        for (String line : lines) {
            if (line.startsWith("#EXT-X-MEDIA:TYPE=AUDIO") && audio == null) {
                audio = line.replaceAll(".*URI=\"([^\"]*)\".*", "$1");
            } else if (!line.startsWith("#") && !line.isBlank() && video == null) {
                video = line.strip();
            }
        }
        if (video == null) {
            throw new IOException("The manifest lists no video");
        }
        fetchThree(manifest, video);
        if (audio != null) {
            fetchThree(manifest, audio);
        }
        return true;
    }

    private void fetchThree(String manifest, String playlist) throws IOException {
        String address = site.resolve(manifest).resolve(playlist).toString();
        int fetched = 0;
        @Nullable String range = null;
        for (String line : read(address).split("\n")) {
            if (line.startsWith(BYTERANGE)) {
                String[] lengthAndOffset = line.substring(BYTERANGE.length()).split("@");
                long offset = Long.parseLong(lengthAndOffset[1].strip());
                range = "bytes=" + offset + "-" + (offset + Long.parseLong(lengthAndOffset[0]) - 1);
            } else if (!line.startsWith("#") && !line.isBlank() && fetched++ < 3) {
                read(URI.create(address).resolve(line.strip()).toString(), range);
            }
        }
        if (fetched == 0) {
            throw new IOException(playlist + " lists no segment");
        }
    }

    private String read(String path) throws IOException {
        return read(path, null);
    }

    private String read(String path, @Nullable String range) throws IOException {
        HttpURLConnection connection = open("GET", path);
        if (range != null) {
            connection.setRequestProperty("Range", range);
        }
        try (InputStream answer = connection.getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpURLConnection open(String method, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) site.resolve(path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setRequestProperty("Authorization", authorization);
        return connection;
    }
}
