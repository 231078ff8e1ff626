package io.regie.core.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regie.core.jobs.JobEvent.Failure;
import io.regie.core.jobs.JobEvent.Published;
import io.regie.core.jobs.Workspace.BadOutputException;
import io.regie.core.plugins.JobTypes;
import io.regie.core.process.ProtocolJson;
import io.regie.core.process.SharedWorkers;
import io.regie.core.process.WorkerLaunch;
import io.regie.core.process.Workers;
import io.regie.core.storage.NoSpaceException;
import io.regie.core.storage.Storage;
import io.regie.spi.FailureKind;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.JobType;
import io.regie.spi.Output;
import io.regie.spi.Resources;
import io.regie.spi.Trigger;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs attempts from beginning to end.
 *
 * <ol>
 *   <li>The attempt begins: its number rises, and from then on it is the fence.
 *   <li>It gets a workspace and a worker, which is heard and watched until no process of it is left.
 *   <li>Its outputs are moved into storage; then one transaction ends the job and tells the observers. Files moved for
 *       a transaction that fails have no row and go with the sweeper.
 *   <li>The workspace goes.
 * </ol>
 */
@Singleton
class Attempts {
    private static final System.Logger LOG = System.getLogger(Attempts.class.getName());

    private static final String FOR_ROOM = "Waiting: the server's disk is nearly full.\n";
    private static final String FOR_TOOLS = "Waiting: the media tools do not work.\n";

    private final Jobs jobs;
    private final Effects effects;
    private final Storage storage;
    private final Workers workers;
    private final SharedWorkers shared;
    private final JobTypes types;
    private final MediaLimits limits;
    private final Room room;
    private final Instance<MediaTools> tools;
    private final JobsConfig config;
    private final WaysOut waysOut;
    private final SecretParameters secrets;
    private final Map<UUID, AttemptRun> running = new ConcurrentHashMap<>();
    private final String node;
    private volatile boolean stopping;

    Attempts(
            Jobs jobs,
            Effects effects,
            Storage storage,
            Workers workers,
            SharedWorkers shared,
            JobTypes types,
            MediaLimits limits,
            Room room,
            Instance<MediaTools> tools,
            JobsConfig config,
            WaysOut waysOut,
            SecretParameters secrets) {
        this.jobs = jobs;
        this.effects = effects;
        this.storage = storage;
        this.workers = workers;
        this.shared = shared;
        this.types = types;
        this.limits = limits;
        this.room = room;
        this.tools = tools;
        this.config = config;
        this.waysOut = waysOut;
        this.secrets = secrets;
        this.node = config.nodeName();
    }

    /** Runs the next attempt of the job that waits for this ticket, if one does. */
    Next run(Ticket ticket) {
        if (stopping) {
            return new Next.Again(Duration.ZERO);
        }
        // Probes write nothing, and what is live is not there later.
        if ((room.isTight() && waits(ticket, EnumSet.complementOf(EnumSet.of(Pool.PROBE)), FOR_ROOM))
                || (areToolsBroken() && waits(ticket, EnumSet.of(Pool.LIGHT, Pool.BATCH), FOR_TOOLS))) {
            return new Next.Again(config.firstPause());
        }
        Optional<Job> begun =
                QuarkusTransaction.requiringNew().call(() -> jobs.begin(ticket.job(), ticket.ticket(), node));
        if (begun.isEmpty()) {
            QuarkusTransaction.requiringNew().run(() -> jobs.endDiscarded(ticket.job())
                    .ifPresent(gone -> effects.endedInQueue(gone, JobState.CANCELLED)));
            return new Next.Remove();
        }
        Job job = begun.get();
        effects.changed(job);
        return attempt(job);
    }

    private boolean areToolsBroken() {
        return tools.stream().anyMatch(MediaTools::broken);
    }

    /** What would only fail, one job after the other, is not begun. @param sentence why, for the job's log */
    private boolean waits(Ticket ticket, Set<Pool> pools, String sentence) {
        Optional<Job> waiting = jobs.find(ticket.job())
                .filter(job -> job.ticket().equals(ticket.ticket()))
                .filter(job -> job.state() == JobState.QUEUED && pools.contains(job.pool()));
        waiting.filter(job -> !job.log().endsWith(sentence)).ifPresent(job -> {
            QuarkusTransaction.requiringNew().run(() -> jobs.note(job.id(), sentence));
            effects.changed(job);
        });
        return waiting.isPresent();
    }

    /** Ends what a lost server left running. Harmless when nothing is. */
    Next recover(Ticket ticket) {
        Optional<Job> found = jobs.find(ticket.job()).filter(job -> job.ticket().equals(ticket.ticket()));
        if (found.isEmpty() || found.get().state().ended()) {
            return new Next.Remove();
        }
        Job job = found.get();
        if (job.state() == JobState.QUEUED) {
            return new Next.Again(Duration.ZERO);
        }
        try {
            return retryOrGiveUp(job, new Ending.Interrupted(), "The server was interrupted.\n");
        } catch (FenceLostException e) {
            return new Next.Leave();
        }
    }

    /** Passes a wish to the attempt, if it runs on this node. */
    void wish(UUID job, Wish wish) {
        AttemptRun run = running.get(job);
        if (run != null) {
            run.wish(wish);
        }
    }

    /** Ends what this node does about a subject that is gone. */
    void discard(UUID subject) {
        running.values().stream().filter(run -> run.isAbout(subject)).forEach(run -> run.wish(Wish.DISCARD));
    }

    /** Ends all workers of this node; their jobs wait again. */
    void stop() {
        stopping = true;
        running.values().forEach(AttemptRun::serverStops);
    }

    private Next attempt(Job job) {
        Workspace workspace = null;
        WayOut wayOut = WayOut.none(Set.of());
        boolean keep = false;
        try {
            Optional<JobType> type = types.find(job.type());
            if (!job.type().equals(JobQueue.PROBE) && type.isEmpty()) {
                return retryOrGiveUp(
                        job, new Ending.Failed(FailureKind.BAD_INPUT, "no-plugin", Said.of("jobs-no-plugin")), "");
            }
            workspace = workspace(job, type.orElse(null));
            ObjectNode request;
            if (type.isPresent()) {
                Map<String, Object> parameters = secrets.open(job, type.get());
                request = run(job, type.get(), workspace, parameters);
                wayOut = waysOut.open(job, type.get(), SecretParameters.values(type.get(), parameters), request);
            } else {
                request = probe(job);
            }
            AttemptRun run = prepare(job, type.orElse(null), workspace, request, wayOut);
            running.put(job.id(), run);
            if (stopping) {
                run.serverStops();
            }
            Ending ending = run.run();
            Next next = conclude(job, workspace, run, ending);
            keep = next instanceof Next.Again && isResumable(job);
            return next;
        } catch (FenceLostException e) {
            return new Next.Leave();
        } catch (IOException e) {
            return unprepared(job, e);
        } catch (WaysOut.NoWayException e) {
            Next next = unreachable(job, e);
            keep = next instanceof Next.Again && isResumable(job);
            return next;
        } catch (RuntimeException e) {
            return defective(job, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted during job " + job.id(), e);
        } finally {
            running.remove(job.id());
            wayOut.close();
            if (workspace != null && !keep) {
                delete(workspace);
            }
        }
    }

    /** The input is gone, or the disk is full. */
    private Next unprepared(Job job, IOException e) {
        LOG.log(System.Logger.Level.WARNING, "Job {0} cannot begin: {1}", job.id(), e.toString());
        Ending ending = e instanceof NoSuchFileException
                ? new Ending.Failed(FailureKind.BAD_INPUT, "no-input", Said.of("jobs-no-input"))
                : unusable(NoSpaceException.of(e, workers.workspaces()));
        try {
            return retryOrGiveUp(job, ending, "");
        } catch (FenceLostException lost) {
            return new Next.Leave();
        }
    }

    private boolean isResumable(Job job) {
        return types.find(job.type()).map(JobType::resumable).orElse(false);
    }

    private Next unreachable(Job job, WaysOut.NoWayException e) {
        try {
            return retryOrGiveUp(job, e.ending(), "");
        } catch (FenceLostException lost) {
            return new Next.Leave();
        }
    }

    /** An observer refused a step, or we have a defect. Were the database away, the next line would say so again. */
    private Next defective(Job job, RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "Job " + job.id() + " failed", e);
        try {
            return retryOrGiveUp(job, new Ending.Failed(FailureKind.INTERNAL, null, Said.of("jobs-internal")), "");
        } catch (FenceLostException lost) {
            return new Next.Leave();
        }
    }

    private Next conclude(Job job, Workspace workspace, AttemptRun run, Ending ending) throws FenceLostException {
        if (ending instanceof Ending.Lost) {
            return new Next.Leave();
        }
        if (ending instanceof Ending.Cancelled) {
            effects.abandon(job, JobState.CANCELLED, null, run.restOfLog());
            return new Next.Remove();
        }
        if (ending instanceof Ending.Probed probed) {
            return finish(job, () -> effects.finishProbe(job, probed.info(), run.restOfLog()), run);
        }
        if (ending instanceof Ending.Done done) {
            return keep(job, workspace, run, done.result());
        }
        return retryOrGiveUp(job, ending, run.restOfLog());
    }

    private Next keep(Job job, Workspace workspace, AttemptRun run, JobResult result) throws FenceLostException {
        List<Published> outputs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Output output : result.outputs()) {
            try {
                if (!names.add(output.name())) {
                    discard(outputs);
                    return retryOrGiveUp(job, AttemptRun.bad(output), run.restOfLog());
                }
                Path file = workspace.take(output);
                workspace.seal(file);
                String extension = Extensions.of(output.mediaType());
                outputs.add(new Published(
                        output, run.holds(file) ? storage.copy(file, extension) : storage.take(file, extension)));
            } catch (BadOutputException e) {
                discard(outputs);
                return retryOrGiveUp(job, AttemptRun.bad(output), run.restOfLog());
            } catch (IOException e) {
                discard(outputs);
                run.note("An output cannot be kept: " + e.getMessage());
                return retryOrGiveUp(job, unusable(e), run.restOfLog());
            }
        }
        JobState state = run.stopWished() ? JobState.STOPPED : JobState.SUCCEEDED;
        return finish(job, () -> effects.finish(job, state, outputs, result.metadata(), run.restOfLog()), run);
    }

    /** No row names them yet; the sweeper would leave them for a day, on a disk that may be full. */
    private void discard(List<Published> outputs) {
        for (Published output : outputs) {
            try {
                storage.delete(output.file().key());
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "Left for the sweeper: {0}", e.toString());
            }
        }
    }

    static Ending unusable(IOException e) {
        return e instanceof NoSpaceException
                ? noRoom()
                : new Ending.Failed(FailureKind.RESOURCES, "storage", Said.of("jobs-storage"));
    }

    static Ending noRoom() {
        return new Ending.Failed(FailureKind.RESOURCES, "no-space", Said.of("jobs-no-space"));
    }

    /** A step that may find that the attempt lost its fence. */
    private interface Finish {
        void run() throws FenceLostException;
    }

    private Next finish(Job job, Finish finish, AttemptRun run) throws FenceLostException {
        try {
            finish.run();
            return new Next.Remove();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "The result of job " + job.id() + " was not accepted", e);
            return retryOrGiveUp(
                    job, new Ending.Failed(FailureKind.INTERNAL, null, Said.of("jobs-internal")), run.restOfLog());
        }
    }

    private Next retryOrGiveUp(Job job, Ending ending, String log) throws FenceLostException {
        Verdict verdict = Verdict.on(job, ending, config.firstPause(), RandomGenerator.getDefault());
        if (verdict instanceof Verdict.Again again) {
            return again(job, again, log);
        }
        Failure failure = ((Verdict.Over) verdict).failure();
        try {
            effects.abandon(job, JobState.FAILED, failure, log);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "The failure of job " + job.id() + " was not accepted", e);
            effects.abandonSilently(job, failure, log);
        }
        return new Next.Remove();
    }

    private Next again(Job job, Verdict.Again again, String log) throws FenceLostException {
        try {
            effects.again(job, again, log);
            return new Next.Again(again.pause());
        } catch (FenceLostException e) {
            // Cancelled at the very moment it failed by itself? Then that is the end.
            Optional<Wish> wish = jobs.wish(job.id(), job.attempt()).orElseThrow(() -> e);
            if (wish.isEmpty() || wish.get() == Wish.STOP) {
                throw e;
            }
            effects.abandon(job, JobState.CANCELLED, null, log);
            return new Next.Remove();
        }
    }

    private Workspace workspace(Job job, @Nullable JobType type) throws IOException {
        Workspace workspace = Workspace.create(workers, job.id(), job.attempt());
        if (type != null && type.resumable() && job.attempt() > 1) {
            workspace.inherit(Workspace.of(workers, job.id(), job.attempt() - 1));
        }
        return workspace;
    }

    private AttemptRun prepare(
            Job job, @Nullable JobType type, Workspace workspace, ObjectNode request, WayOut wayOut) {
        Resources resources = type == null
                ? new Resources(Resources.light().memoryMiB(), limits.probeTime(), false)
                : type.resources();
        WorkerLaunch.Weight weight = type == null
                ? WorkerLaunch.Weight.light()
                : WorkerLaunch.Weight.run(
                        resources.memoryMiB(), resources.processorBound(), largestFile(type, request));
        AttemptRun.Start start = type != null && shares(job, type, wayOut.reach(), config.livePerProcess())
                ? launch -> shared.seat(launch, types.jarOf(type.id()), config.livePerProcess())
                : workers::start;
        return new AttemptRun(start, effects, storage, jobs, job, workspace, request, weight, resources, room, wayOut);
    }

    /**
     * Whether an attempt may be beside others in one process. Only what loses little when it is interrupted, and what
     * has broken no process yet, as far as anybody knows; and nobody who may talk to the world directly.
     */
    static boolean shares(Job job, JobType type, WorkerLaunch.Reach reach, int perProcess) {
        return perProcess > 1
                && type.trigger() == Trigger.LIVE_STREAM
                && type.resumable()
                && reach == WorkerLaunch.Reach.ITSELF
                && job.crashes() == 0;
    }

    /** Uploads have a limit, recordings the disk; and what a job makes of either may be about as large. */
    private long largestFile(JobType type, ObjectNode request) {
        if (type.trigger() == Trigger.LIVE_STREAM) {
            return Long.MAX_VALUE;
        }
        long largest = limits.bytes();
        for (JsonNode input : request.path("inputs")) {
            largest = Math.max(largest, 2 * new File(input.path("path").asText()).length());
        }
        return largest;
    }

    private ObjectNode probe(Job job) throws IOException {
        ObjectNode request = ProtocolJson.object()
                .put("command", "probe")
                .put(
                        "input",
                        storage.localFile(job.inputs().get(0).storageKey()).toString());
        boolean ours = Boolean.TRUE.equals(job.parameters().get(JobQueue.RECORDED_HERE));
        request.set("limits", ours ? limits.forRecordings() : limits.forWorker());
        return request;
    }

    private ObjectNode run(Job job, JobType type, Workspace workspace, Map<String, Object> parameters)
            throws IOException {
        ObjectNode request = ProtocolJson.object()
                .put("command", "run")
                .put("plugin", types.jarOf(type.id()).toString())
                .put("jobId", job.id().toString())
                .put("attempt", job.attempt())
                .put("type", type.id())
                .put("workspace", workspace.files().toString());
        ArrayNode inputs = request.putArray("inputs");
        for (JobDraft.Input input : job.inputs()) {
            ObjectNode file = inputs.addObject()
                    .put("path", storage.localFile(input.storageKey()).toString());
            file.set("info", ProtocolJson.mapper().valueToTree(input.info()));
        }
        request.set("parameters", ProtocolJson.mapper().valueToTree(parameters));
        if (type.resumable() && job.attempt() > 1) {
            request.set(
                    "lastAttempt",
                    ProtocolJson.mapper().valueToTree(new JobRequest.Previous(job.attempt() - 1, job.published())));
        }
        return request;
    }

    private static void delete(Workspace workspace) {
        try {
            workspace.delete();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "A workspace stays until the next start: {0}", e.toString());
        }
    }
}
