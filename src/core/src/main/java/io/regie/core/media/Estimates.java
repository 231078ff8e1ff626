package io.regie.core.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regie.core.access.Caller;
import io.regie.core.jobs.JobDraft;
import io.regie.core.plugins.JobTypes;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.process.ProtocolJson;
import io.regie.core.process.WorkerFailedException;
import io.regie.core.process.Workers;
import io.regie.core.storage.Storage;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What an action would take, before anybody starts it. Plugins know; a worker asks them, and no job comes of it. */
@ApplicationScoped
public class Estimates {

    private static final System.Logger LOG = System.getLogger(Estimates.class.getName());

    private final MediaService service;
    private final JobTypes types;
    private final Workers workers;
    private final Storage storage;
    /** From the question to the answer, waiting included. */
    private final Duration patience;
    /** Each takes a process of its own: more at once would only be slower. */
    private final Semaphore asking = new Semaphore(2);

    Estimates(MediaService service, JobTypes types, Workers workers, Storage storage, MediaConfig config) {
        this.service = service;
        this.types = types;
        this.workers = workers;
        this.storage = storage;
        this.patience = config.estimatePatience();
    }

    /** @param bytes of what is made; null when unknown @param seconds of work; null when unknown */
    public record Figures(@Nullable Long bytes, @Nullable Double seconds) {}

    /** @throws ProblemException when such a job could not be started either */
    public Figures of(Caller caller, UUID id, String jobType, Map<String, Object> parameters, List<UUID> inputs) {
        JobDraft draft = service.requireDraft(caller, id, jobType, parameters, inputs);
        long end = System.nanoTime() + patience.toNanos();
        acquire();
        try {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            return view(workers.ask(folder -> question(draft), left, (answer, folder) -> answer));
        } catch (WorkerFailedException | IOException e) {
            LOG.log(System.Logger.Level.WARNING, "Nobody knows what {0} would take: {1}", jobType, e.getMessage());
            return new Figures(null, null);
        } finally {
            asking.release();
        }
    }

    private void acquire() {
        try {
            if (!asking.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
    }

    private ProblemException busy() {
        return ProblemException.later(ProblemType.UNAVAILABLE, patience, "media-estimate-busy");
    }

    private ObjectNode question(JobDraft draft) throws IOException {
        ObjectNode request = ProtocolJson.object()
                .put("command", "estimate")
                .put("plugin", types.jarOf(draft.type()).toString())
                .put("type", draft.type());
        ArrayNode inputs = request.putArray("inputs");
        for (JobDraft.Input input : draft.inputs()) {
            ObjectNode file = inputs.addObject()
                    .put("path", storage.localFile(input.storageKey()).toString());
            file.set("info", ProtocolJson.mapper().<JsonNode>valueToTree(input.info()));
        }
        request.set("parameters", ProtocolJson.mapper().<JsonNode>valueToTree(draft.parameters()));
        return request;
    }

    /** What a plugin says is not to be trusted, not even to be a number. */
    private static Figures view(JsonNode answer) {
        if (!answer.path("event").asText().equals("estimated")) {
            LOG.log(System.Logger.Level.WARNING, "No estimate: {0}", answer);
            return new Figures(null, null);
        }
        long bytes = answer.path("bytes").asLong(-1);
        double seconds = answer.path("seconds").asDouble(-1);
        return new Figures(bytes < 0 ? null : bytes, seconds >= 0 && seconds < 1e9 ? seconds : null);
    }
}
