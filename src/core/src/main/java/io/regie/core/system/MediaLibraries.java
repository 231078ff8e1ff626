package io.regie.core.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.regie.core.process.ProtocolBrokenException;
import io.regie.core.process.ProtocolJson;
import io.regie.core.process.WorkerFailedException;
import io.regie.core.process.Workers;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a worker once what the media libraries are: the server itself never loads them. */
@Singleton
class MediaLibraries {

    private static final System.Logger LOG = System.getLogger(MediaLibraries.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Workers workers;
    private @Nullable FFmpegView known;

    MediaLibraries(Workers workers) {
        this.workers = workers;
    }

    /** Empty when no worker answers. */
    synchronized Optional<FFmpegView> find() {
        if (known == null && workers.installed() && workers.unusable() == null) {
            try {
                JsonNode answer = workers.ask(ProtocolJson.object().put("command", "about"), PATIENCE);
                known = ProtocolJson.read(answer.path("ffmpeg"), FFmpegView.class);
            } catch (WorkerFailedException | ProtocolBrokenException e) {
                LOG.log(System.Logger.Level.WARNING, "No worker says what it can do: {0}", e.getMessage());
            }
        }
        return Optional.ofNullable(known);
    }
}
