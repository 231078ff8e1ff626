package io.regie.bench;

import com.fasterxml.jackson.databind.JsonNode;
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

    private static final int PIECE = 64 << 10;
    /** Between questions, in ms: who asks more often takes the time that is measured from a small machine. */
    private static final int PAUSE = 100;

    private static final int WARM_UP = 20;
    private static final String BYTERANGE = "#EXT-X-BYTERANGE:";

    private final Site site;

    private PlayableBench(Site site) {
        this.site = site;
    }

    /** @param arguments the site, e-mail address, password, and films */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PlayableBench bench = new PlayableBench(Site.signIn(arguments[0], arguments[1], arguments[2]));
        // So that this program's own first steps are not measured.
        for (int each = 0; each < WARM_UP; each++) {
            bench.site.ask("GET", "/q/health/ready", null);
        }
        System.out.println("| film | MB | body s | last byte to answer s | last byte to playable s |");
        System.out.println("|---|---|---|---|---|");
        for (int each = 3; each < arguments.length; each++) {
            bench.measure(Path.of(arguments[each]));
        }
    }

    private void measure(Path film) throws IOException, InterruptedException {
        long bytes = Files.size(film);
        HttpURLConnection upload = site.open("POST", "/api/v1/uploads");
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
        JsonNode media = site.ask("GET", "/api/v1/media/" + article, null);
        if (!media.get("failure").isNull()) {
            throw new IOException("Refused: " + media.get("failure"));
        }
        if (!media.get("playable").asBoolean()) {
            return false;
        }
        String manifest = media.get("hlsUrl").asText();
        @Nullable String audio = null;
        @Nullable String video = null;
        String[] lines = site.read(manifest, null).split("\n");
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
        String address = site.address().resolve(manifest).resolve(playlist).toString();
        int fetched = 0;
        @Nullable String range = null;
        for (String line : site.read(address, null).split("\n")) {
            if (line.startsWith(BYTERANGE)) {
                String[] lengthAndOffset = line.substring(BYTERANGE.length()).split("@");
                long offset = Long.parseLong(lengthAndOffset[1].strip());
                range = "bytes=" + offset + "-" + (offset + Long.parseLong(lengthAndOffset[0]) - 1);
            } else if (!line.startsWith("#") && !line.isBlank() && fetched++ < 3) {
                site.read(URI.create(address).resolve(line.strip()).toString(), range);
            }
        }
        if (fetched == 0) {
            throw new IOException(playlist + " lists no segment");
        }
    }
}
