package io.regie.core.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regie.core.database.SqlFailedException;
import io.regie.core.jobs.JobEvent.EarlyOutputStarted;
import io.regie.core.jobs.JobEvent.EarlySegmentsAdded;
import io.regie.core.jobs.Workspace.BadOutputException;
import io.regie.core.process.ProtocolBrokenException;
import io.regie.core.process.ProtocolJson;
import io.regie.core.process.Seat;
import io.regie.core.process.WorkerLaunch;
import io.regie.core.storage.NoSpaceException;
import io.regie.core.storage.Storage;
import io.regie.spi.FailureKind;
import io.regie.spi.JobResult;
import io.regie.spi.MediaInfo;
import io.regie.spi.Output;
import io.regie.spi.Resources;
import io.regie.spi.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt in a worker: hears what it says, watches it, and ends it when it must. Ends when nothing of it runs any
 * more, and says how; what that means for the job is decided elsewhere.
 *
 * <p>One thread runs it. Others only wish, or say that the server stops.
 */
final class AttemptRun {
    private static final Duration TICK = Duration.ofMillis(250);
    /** As many segments of each rendition are told at once, because somebody may be waiting for them. */
    private static final int PLAYS = 3;

    private static final Duration MEMORY_EVERY = Duration.ofMillis(500);
    private static final Duration WISH_EVERY = Duration.ofMillis(500);
    private static final Duration PERSIST_EVERY = Duration.ofSeconds(1);
    /** From the flag to SIGTERM, and from there to SIGKILL. */
    private static final Duration TO_TERM = Duration.ofSeconds(2);

    private static final Duration TO_KILL = Duration.ofSeconds(3);
    /** Whoever deletes an article waits for nothing. */
    private static final Duration TO_DISCARD = Duration.ofMillis(1200);

    private static final Duration GOODBYE = Duration.ofSeconds(5);
    private static final int SENTENCE = 1000;
    private static final int MAX_FIGURES = 20;

    private final Start start;
    private final Effects effects;
    private final Storage storage;
    private final Jobs jobs;
    private final Job job;
    private final Workspace workspace;
    private final WorkerLaunch launch;
    private final Resources resources;
    private final Room room;
    private final WayOut wayOut;
    private final AttemptLog log;
    private final Map<String, EarlyOutput> early = new LinkedHashMap<>();

    private volatile @Nullable Seat worker;
    private volatile @Nullable Wish wish;
    private volatile boolean stopping;

    private final Ladder ladder = new Ladder();
    private final long begun = System.nanoTime();
    private long lastSign = begun;
    private long lastMemory = begun;
    private long lastRoom = begun;
    private long lastWish = begun;
    private long lastPersisted = begun;
    private long lastSegments = begun;
    private @Nullable Double fraction;
    private @Nullable Double speed;
    private boolean progressed;
    private final Map<String, Double> figures = new LinkedHashMap<>();

    /** Finds a worker. */
    interface Start {
        Seat start(WorkerLaunch launch) throws IOException;
    }

    /** A rendition that grows. */
    private static final class EarlyOutput {
        private final Path file;
        private final List<Segment> waiting = new ArrayList<>();
        private int segments;

        EarlyOutput(Path file) {
            this.file = file;
        }
    }

    AttemptRun(
            Start start,
            Effects effects,
            Storage storage,
            Jobs jobs,
            Job job,
            Workspace workspace,
            ObjectNode request,
            WorkerLaunch.Weight weight,
            Resources resources,
            Room room,
            WayOut wayOut) {
        this.start = start;
        this.effects = effects;
        this.storage = storage;
        this.jobs = jobs;
        this.job = job;
        this.workspace = workspace;
        this.launch = new WorkerLaunch(request, workspace.temp(), weight, wayOut.reach());
        this.resources = resources;
        this.room = room;
        this.wayOut = wayOut;
        this.log = new AttemptLog(wayOut.hidden());
    }

    /** May be called by any thread. */
    void wish(Wish wished) {
        // A later "stop" does not undo a "cancel".
        Wish current = wish;
        if (current == null || wished.compareTo(current) > 0) {
            wish = wished;
        }
        wake();
    }

    /** May be called by any thread: the server is going down. */
    void serverStops() {
        stopping = true;
        wake();
    }

    boolean isAbout(UUID subject) {
        return job.subject().equals(subject);
    }

    boolean stopWished() {
        return wish == Wish.STOP;
    }

    void note(String line) {
        log.add(line);
    }

    /** Log lines that are not in the job's row yet. */
    String restOfLog() {
        hearOfTheWayOut();
        return log.drain();
    }

    /** Connections that were not made. */
    private void hearOfTheWayOut() {
        for (String line = wayOut.said(); line != null; line = wayOut.said()) {
            log.add(line);
        }
    }

    /** Whether its worker, which may go on for others, could still write to a file. */
    boolean holds(Path file) {
        Seat process = worker;
        return process != null && process.holds(file);
    }

    Ending run() throws InterruptedException {
        try (Seat process = start.start(launch)) {
            worker = process;
            return converse(process);
        } catch (IOException e) {
            log.add("The worker cannot be started: " + e.getMessage());
            return new Ending.Failed(FailureKind.RESOURCES, null, Said.of("jobs-no-worker"));
        }
    }

    private Ending converse(Seat process) throws InterruptedException {
        Ending said = null;
        try {
            while (said == null && !process.ended()) {
                JsonNode message = process.next(TICK);
                if (message != null) {
                    lastSign = System.nanoTime();
                    said = hear(message);
                } else if (process.exited()) {
                    break;
                }
                if (said == null) {
                    said = watch(process);
                    if (said != null) {
                        end(process);
                    }
                }
            }
            if (said == null || said instanceof Ending.Done) {
                addSegments();
            }
        } catch (FenceLostException e) {
            end(process);
            said = new Ending.Lost();
        } catch (ProtocolBrokenException e) {
            end(process);
            log.add("The worker broke the protocol: " + e.getMessage());
            said = new Ending.Crashed(Ending.Cause.CRASH);
        }
        process.dismiss();
        int code = process.awaitExit(said instanceof Ending.Probed ? Duration.ZERO : GOODBYE);
        return ending(process, said, code);
    }

    private void end(Seat process) {
        if (stopping) {
            process.kill();
        } else {
            process.giveUp();
        }
    }

    private Ending ending(Seat process, @Nullable Ending said, int code) {
        if (said instanceof Ending.Lost) {
            return said;
        }
        if (ladder.begun()) {
            return new Ending.Cancelled();
        }
        if (stopping && !(said instanceof Ending.Done) && !(said instanceof Ending.Probed)) {
            return new Ending.Interrupted();
        }
        if (said instanceof Ending.Crashed
                || (said instanceof Ending.Failed && !process.nativeLog().isEmpty())) {
            log.addAll(process.nativeLog());
        }
        if (said == null) {
            log.addAll(process.nativeLog());
            log.add("The worker ended with code " + code + " before it had finished.");
            said = unheard(process.blame());
        }
        return isForWantOfRoom(said) ? Attempts.noRoom() : said;
    }

    private Ending unheard(Seat.Blame blame) {
        return switch (blame) {
            case OWN -> new Ending.Crashed(Ending.Cause.CRASH);
            case ANOTHERS -> {
                log.add("It had to be ended because of another attempt in it.");
                yield new Ending.Interrupted();
            }
            case UNKNOWN -> {
                log.add("Others were in it; this goes on in a worker of its own.");
                yield new Ending.CrashedTogether();
            }
        };
    }

    /** Who finds the disk full fails in many ways, and none of them is the file's fault. */
    private boolean isForWantOfRoom(Ending said) {
        boolean unhappy = said instanceof Ending.Failed || said instanceof Ending.Crashed;
        return unhappy && job.pool() != Pool.PROBE && room.isTight();
    }

    private @Nullable Ending hear(JsonNode message)
            throws ProtocolBrokenException, FenceLostException, InterruptedException {
        switch (message.path("event").asText()) {
            case "progress" -> progress(message);
            case "log" -> log.add(message.path("line").asText());
            case "early" -> {
                return early(output(message));
            }
            case "segment" -> segment(message);
            case "output" -> {
                return publish(output(message));
            }
            case "result" -> {
                return new Ending.Done(ProtocolJson.read(message.path("result"), JobResult.class));
            }
            case "failed" -> {
                return new Ending.Failed(kind(message), null, sentence(message));
            }
            case "probed" -> {
                return new Ending.Probed(ProtocolJson.read(message.path("info"), MediaInfo.class));
            }
            case "refused" -> {
                return new Ending.Failed(FailureKind.BAD_INPUT, reason(message), sentence(message));
            }
            case "cancelled" -> {
                return ladder.begun()
                        ? new Ending.Cancelled()
                        : new Ending.Failed(FailureKind.INTERNAL, null, Said.of("jobs-gave-up"));
            }
            default -> {
                // A newer worker may say more than this server understands.
            }
        }
        return null;
    }

    private void progress(JsonNode message) {
        double reached = message.path("fraction").asDouble(-1);
        double pace = message.path("speed").asDouble(0);
        fraction = reached >= 0 && reached <= 1 ? reached : null;
        speed = pace > 0 && pace < 1e6 ? pace : null;
        progressed = true;
        JsonNode said = message.path("figures");
        if (said.isObject() && said.size() <= MAX_FIGURES) {
            figures.clear();
            said.properties()
                    .forEach(figure ->
                            figures.put(figure.getKey(), figure.getValue().asDouble()));
        }
    }

    private @Nullable Ending early(Output output) throws ProtocolBrokenException, FenceLostException {
        if (output.rendition() == null || early.containsKey(output.name())) {
            throw new ProtocolBrokenException("an early output is no new rendition");
        }
        try {
            Path file = workspace.take(output);
            early.put(output.name(), new EarlyOutput(file));
            effects.fire(job, new EarlyOutputStarted(job.asSubject(), output, file));
            lastSegments = System.nanoTime();
            return null;
        } catch (BadOutputException e) {
            return bad(output);
        } catch (IOException e) {
            return unusable(e);
        }
    }

    private void segment(JsonNode message) throws ProtocolBrokenException, FenceLostException {
        EarlyOutput output = early.get(message.path("output").asText());
        Segment segment = ProtocolJson.read(message.path("segment"), Segment.class);
        if (output == null || segment.range() == null || isUnwritten(output, segment)) {
            throw new ProtocolBrokenException("a segment is not there");
        }
        output.waiting.add(segment);
        output.segments++;
        boolean plays = output.segments == PLAYS && early.values().stream().allMatch(other -> other.segments >= PLAYS);
        if (plays || due(lastSegments, TICK)) {
            addSegments();
        }
    }

    private static boolean isUnwritten(EarlyOutput output, Segment segment) {
        try {
            return Files.size(output.file) < segment.range().end();
        } catch (IOException e) {
            return true;
        }
    }

    private void addSegments() throws FenceLostException {
        for (Map.Entry<String, EarlyOutput> entry : early.entrySet()) {
            List<Segment> waiting = entry.getValue().waiting;
            if (!waiting.isEmpty()) {
                effects.fire(job, new EarlySegmentsAdded(job.asSubject(), entry.getKey(), List.copyOf(waiting)));
                waiting.clear();
            }
        }
        lastSegments = System.nanoTime();
    }

    private @Nullable Ending publish(Output output) throws FenceLostException {
        try {
            // What was announced must be known before it becomes whole.
            addSegments();
            Path file = workspace.take(output);
            if (room.lacks(Files.size(file))) {
                return unusable(new NoSpaceException(new IOException("No room for a copy")));
            }
            effects.publish(job, output, storage.copy(file, Extensions.of(output.mediaType())));
            Files.delete(file);
            return null;
        } catch (BadOutputException e) {
            return bad(output);
        } catch (IOException e) {
            return unusable(e);
        } finally {
            // Hashing and copying a large file is our time, not the worker's silence.
            lastSign = System.nanoTime();
        }
    }

    static Ending bad(Output output) {
        return new Ending.Failed(FailureKind.INTERNAL, null, Said.of("jobs-bad-output", output.name()));
    }

    private Ending unusable(IOException e) {
        log.add("An output cannot be kept: " + e.getMessage());
        return Attempts.unusable(e);
    }

    /** @return how it must end now, or null while all is well */
    private @Nullable Ending watch(Seat process) throws FenceLostException {
        Ending forced = obey(process);
        if (forced == null && due(lastRoom, TICK)) {
            lastRoom = System.nanoTime();
            forced = leaveRoom();
        }
        if (forced == null && due(lastMemory, MEMORY_EVERY)) {
            lastMemory = System.nanoTime();
            if (process.tooHeavy()) {
                log.add("The worker took more than the " + resources.memoryMiB() + " MiB it may have.");
                forced = new Ending.Crashed(Ending.Cause.MEMORY);
            }
        }
        if (forced == null && due(lastSign, resources.stall())) {
            log.add("The worker gave no sign of life for " + resources.stall().toSeconds() + " s.");
            forced = new Ending.Crashed(Ending.Cause.STALL);
        }
        if (due(lastSegments, TICK)) {
            addSegments();
        }
        hearOfTheWayOut();
        if (due(lastPersisted, PERSIST_EVERY) && (progressed || log.waiting())) {
            persist();
        }
        return forced;
    }

    /** Ends what would take the last of the disk; a recording keeps what it has. */
    private @Nullable Ending leaveRoom() {
        if (job.pool() == Pool.PROBE || wish != null || !room.isTight()) {
            return null;
        }
        log.add("The server's disk is nearly full.");
        if (job.pool() == Pool.LIVE) {
            wish(Wish.STOP);
            return null;
        }
        return Attempts.noRoom();
    }

    private @Nullable Ending obey(Seat process) throws FenceLostException {
        if (stopping) {
            return new Ending.Interrupted();
        }
        if (due(lastWish, WISH_EVERY)) {
            lastWish = System.nanoTime();
            askForWish();
        }
        Wish wanted = wish;
        if (wanted != null) {
            ladder.climb(process, wanted);
        }
        return null;
    }

    /** Wishes of other nodes arrive through the row; so does the news that the attempt is not current any more. */
    private void askForWish() throws FenceLostException {
        try {
            Optional<Wish> wished = jobs.wish(job.id(), job.attempt()).orElseThrow(FenceLostException::new);
            wished.ifPresent(this::wish);
        } catch (SqlFailedException away) {
            log.add("The database was away for a moment.");
        }
    }

    private void persist() throws FenceLostException {
        lastPersisted = System.nanoTime();
        String lines = log.drain();
        try {
            effects.progress(job, fraction, speed, eta(), lines, figures);
            progressed = false;
        } catch (RuntimeException away) {
            // The database; a second later there is more to say.
            log.restore(lines);
        }
    }

    private @Nullable Long eta() {
        Double reached = fraction;
        if (reached == null || reached < 0.005) {
            return null;
        }
        double elapsed = (System.nanoTime() - begun) / 1e9;
        return Math.round(elapsed * (1 - reached) / reached);
    }

    private static boolean due(long last, Duration every) {
        return System.nanoTime() - last >= every.toNanos();
    }

    private void wake() {
        Seat process = worker;
        if (process != null) {
            process.wake();
        }
    }

    private Output output(JsonNode message) throws ProtocolBrokenException {
        return ProtocolJson.read(message.path("output"), Output.class);
    }

    private static FailureKind kind(JsonNode message) {
        try {
            return FailureKind.valueOf(message.path("kind").asText().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            return FailureKind.INTERNAL;
        }
    }

    private static String reason(JsonNode message) {
        String reason = message.path("reason").asText();
        return reason.matches("[a-z][a-z0-9-]{0,63}") ? reason : "unreadable";
    }

    private String sentence(JsonNode message) {
        String text = log.hide(message.path("message").asText())
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return text.length() > SENTENCE ? text.substring(0, SENTENCE) : text;
    }

    /** From asking to killing. */
    private static final class Ladder {
        private @Nullable Wish told;
        private long since;
        private boolean terminated;
        private boolean killed;

        /** Whether it was asked to abandon; then nothing it says counts. */
        boolean begun() {
            return told == Wish.CANCEL || told == Wish.DISCARD;
        }

        void climb(Seat process, Wish wanted) {
            if (told == null || wanted.compareTo(told) > 0) {
                if (!begun()) {
                    process.tell(wanted == Wish.STOP ? "stop" : "cancel");
                    since = System.nanoTime();
                }
                told = wanted;
            }
            if (told == Wish.DISCARD && due(since, TO_DISCARD) && !killed) {
                killed = true;
                process.kill();
            }
            if (told == Wish.CANCEL && due(since, TO_TERM) && !terminated) {
                terminated = true;
                process.terminate();
            }
            if (told == Wish.CANCEL && due(since, TO_TERM.plus(TO_KILL)) && !killed) {
                killed = true;
                process.kill();
            }
        }
    }
}
