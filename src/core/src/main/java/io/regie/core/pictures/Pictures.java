package io.regie.core.pictures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Draws pictures. A worker does it: what is stored is always our own encoding, never the bytes of a stranger. Files are
 * published before the row that names them is committed.
 */
@ApplicationScoped
public class Pictures {

    /** What is sent as an image may have so many bytes. */
    public static final int MAX_BYTES = 16 << 20;

    private static final System.Logger LOG = System.getLogger(Pictures.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<String> IMAGES = Set.of("image/jpeg", "image/png", "image/webp", "image/gif");

    private final Workers workers;
    private final Storage storage;
    /** Each takes a process of its own: more at once would only be slower. */
    private final Semaphore drawing = new Semaphore(2);

    Pictures(Workers workers, Storage storage) {
        this.workers = workers;
        this.storage = storage;
    }

    /** What pictures are stored as. */
    public enum Format {
        JPEG("jpg"),
        /** Small, and keeps what is transparent. */
        WEBP("webp"),
        /** For what other programs than browsers read too. */
        PNG("png");

        private final String extension;

        Format(String extension) {
            this.extension = extension;
        }
    }

    /** Pictures are made smaller to fit, never larger. */
    public record Size(int width, int height) {}

    /** Draws an image that somebody sent. */
    public Picture draw(byte[] image, Format format, Size size) {
        return draw(image, format, List.of(size)).get(0);
    }

    /** Draws an image in several sizes, the largest first; the smaller ones only where that makes a difference. */
    public List<Picture> draw(byte[] image, Format format, List<Size> sizes) {
        requireImage(image);
        List<Picture> drawn = new ArrayList<>();
        try {
            for (Size size : sizes) {
                Picture last = drawn.isEmpty() ? null : drawn.get(drawn.size() - 1);
                if (last == null || last.width() > size.width() || last.height() > size.height()) {
                    drawn.add(draw(folder -> sent(folder, image), format, size));
                }
            }
            return drawn;
        } catch (RuntimeException e) {
            forget(drawn);
            throw e;
        }
    }

    /** Keeps a drawing of lines as it was written anew. */
    public Picture keep(SvgDrawing drawing) {
        try {
            Path file = Files.createTempFile("drawing", ".svg");
            try {
                Files.writeString(file, drawing.text());
                Stored stored = storage.copy(file, "svg");
                return new Picture(stored.key(), stored.sha256(), stored.bytes(), drawing.width(), drawing.height());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireImage(byte[] image) {
        if (image.length > MAX_BYTES) {
            throw tooLarge();
        }
        if (MagicBytes.of(image)
                .filter(magic -> IMAGES.contains(magic.mediaType()))
                .isEmpty()) {
            throw new ProblemException(ProblemType.UNSUPPORTED_TYPE, "picture-type");
        }
    }

    static ProblemException tooLarge() {
        return new ProblemException(ProblemType.TOO_LARGE, "picture-too-large", MAX_BYTES >> 20);
    }

    private static ObjectNode sent(Path folder, byte[] image) throws IOException {
        Path sent = Files.write(folder.resolve("sent"), image);
        return ProtocolJson.object().put("command", "picture").put("input", sent.toString());
    }

    /** @param question about a picture; where it goes is added */
    public Picture draw(Question question, Format format, Size size) {
        try {
            if (!drawing.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        String name = "drawn." + format.extension;
        Question whole = folder -> question.in(folder)
                .put("output", folder.resolve(name).toString())
                .put("format", format.name().toLowerCase(Locale.ROOT))
                .put("maxWidth", size.width())
                .put("maxHeight", size.height());
        try {
            return workers.ask(whole, PATIENCE, (answer, folder) -> take(answer, folder.resolve(name), format));
        } catch (WorkerFailedException e) {
            LOG.log(System.Logger.Level.WARNING, "No picture was drawn: {0}", e.getMessage());
            throw failed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            drawing.release();
        }
    }

    private Picture take(JsonNode answer, Path drawn, Format format) throws IOException {
        String event = answer.path("event").asText();
        if (event.equals("refused")) {
            throw new ProblemException(
                    ProblemType.UNACCEPTABLE_MEDIA,
                    "media-refused-" + answer.path("reason").asText());
        }
        if (!event.equals("pictured") || !Files.isRegularFile(drawn, LinkOption.NOFOLLOW_LINKS)) {
            LOG.log(System.Logger.Level.WARNING, "No picture was drawn: {0}", answer);
            throw failed();
        }
        workers.takeBack(drawn);
        Stored stored = storage.take(drawn, format.extension);
        return new Picture(
                stored.key(),
                stored.sha256(),
                stored.bytes(),
                answer.path("width").asInt(),
                answer.path("height").asInt());
    }

    private static ProblemException busy() {
        return ProblemException.later(ProblemType.UNAVAILABLE, PATIENCE, "picture-busy");
    }

    private static ProblemException failed() {
        return new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "picture-failed");
    }

    /**
     * Gives what was drawn to whoever commits a row that names it.
     *
     * @throws RuntimeException that of the use; what was drawn is forgotten then
     */
    public <T> T use(List<Picture> drawn, Function<List<Picture>, T> use) {
        try {
            return use.apply(drawn);
        } catch (RuntimeException e) {
            forget(drawn);
            throw e;
        }
    }

    /** Deletes what no row names; what cannot be deleted, or a crash leaves, the sweeper finds. */
    public void forget(Collection<Picture> pictures) {
        for (Picture picture : pictures) {
            try {
                storage.delete(picture.key());
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "Left for the sweeper: " + picture.key(), e);
            }
        }
    }

    void release(@Observes(during = TransactionPhase.AFTER_SUCCESS) PicturesReleased released) {
        forget(released.pictures());
    }
}
