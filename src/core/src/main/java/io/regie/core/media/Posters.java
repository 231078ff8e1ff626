package io.regie.core.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regie.core.access.Caller;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.process.ProtocolJson;
import io.regie.core.process.WorkerFailedException;
import io.regie.core.process.Workers;
import io.regie.core.process.Workers.Question;
import io.regie.core.storage.Storage;
import io.regie.core.storage.Stored;
import io.regie.core.uploads.MagicBytes;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Posters that people choose. A worker draws the picture, from the video or from an image that was sent: what is stored
 * is always our own encoding, never the bytes of a stranger. The file is published before its row is committed.
 */
@ApplicationScoped
public class Posters {

    /** What is sent as an image may have so many bytes. */
    static final int MAX_BYTES = 16 << 20;

    private static final System.Logger LOG = System.getLogger(Posters.class.getName());
    private static final int MAX_SIDE = 1920;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DRAWN = "poster.jpg";
    private static final Set<String> IMAGES = Set.of("image/jpeg", "image/png", "image/webp", "image/gif");

    private final MediaService service;
    private final Workers workers;
    private final Storage storage;
    /** Each takes a process of its own: more at once would only be slower. */
    private final Semaphore drawing = new Semaphore(2);

    Posters(MediaService service, Workers workers, Storage storage) {
        this.service = service;
        this.workers = workers;
        this.storage = storage;
    }

    /** A drawn picture, published but not yet anybody's. */
    record Drawn(Stored file, int width, int height) {}

    /** Makes the frame that is shown at a time the poster. */
    public MediaView fromVideo(Caller caller, UUID id, double seconds, Locale locale) {
        MediaService.Footage footage = service.requireFootage(caller, id);
        Drawn drawn = draw(folder -> {
            ObjectNode request = ProtocolJson.object().put("command", "frame").put("seconds", seconds);
            ObjectNode input = request.putObject("input");
            input.put("path", storage.localFile(footage.originalKey()).toString());
            input.set("info", ProtocolJson.mapper().<JsonNode>valueToTree(footage.info()));
            return output(request, folder);
        });
        return adopt(caller, id, drawn, locale);
    }

    /** Makes an image the poster. */
    public MediaView fromImage(Caller caller, UUID id, byte[] image, Locale locale) {
        service.requireEditable(caller, id);
        if (image.length > MAX_BYTES) {
            throw new ProblemException(ProblemType.TOO_LARGE, "media-poster-too-large", MAX_BYTES >> 20);
        }
        if (MagicBytes.of(image)
                .filter(magic -> IMAGES.contains(magic.mediaType()))
                .isEmpty()) {
            throw new ProblemException(ProblemType.UNSUPPORTED_TYPE, "media-poster-type");
        }
        Drawn drawn = draw(folder -> {
            Path sent = Files.write(folder.resolve("sent"), image);
            return output(ProtocolJson.object().put("command", "picture").put("input", sent.toString()), folder);
        });
        return adopt(caller, id, drawn, locale);
    }

    /** Goes back to what jobs made. */
    public MediaView forget(Caller caller, UUID id, Locale locale) {
        return service.forgetPoster(caller, id, locale);
    }

    private static ObjectNode output(ObjectNode request, Path folder) {
        return request.put("output", folder.resolve(DRAWN).toString())
                .put("format", "jpeg")
                .put("maxWidth", MAX_SIDE)
                .put("maxHeight", MAX_SIDE);
    }

    private Drawn draw(Question question) {
        try {
            if (!drawing.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ProblemException.later(ProblemType.UNAVAILABLE, PATIENCE, "media-poster-busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.later(ProblemType.UNAVAILABLE, PATIENCE, "media-poster-busy");
        }
        try {
            return workers.ask(question, PATIENCE, this::take);
        } catch (WorkerFailedException e) {
            LOG.log(System.Logger.Level.WARNING, "No poster was drawn: {0}", e.getMessage());
            throw new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "media-poster-failed");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            drawing.release();
        }
    }

    private Drawn take(JsonNode answer, Path folder) throws IOException {
        String event = answer.path("event").asText();
        if (event.equals("refused")) {
            throw new ProblemException(
                    ProblemType.UNACCEPTABLE_MEDIA,
                    "media-refused-" + answer.path("reason").asText());
        }
        Path drawn = folder.resolve(DRAWN);
        if (!event.equals("pictured") || !Files.isRegularFile(drawn, LinkOption.NOFOLLOW_LINKS)) {
            LOG.log(System.Logger.Level.WARNING, "No poster was drawn: {0}", answer);
            throw new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "media-poster-failed");
        }
        workers.takeBack(drawn);
        return new Drawn(
                storage.take(drawn, "jpg"),
                answer.path("width").asInt(),
                answer.path("height").asInt());
    }

    private MediaView adopt(Caller caller, UUID id, Drawn drawn, Locale locale) {
        try {
            return service.choosePoster(caller, id, drawn, locale);
        } catch (RuntimeException e) {
            try {
                storage.delete(drawn.file().key());
            } catch (IOException left) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Left for the sweeper: " + drawn.file().key(),
                        left);
            }
            throw e;
        }
    }
}
