package io.regie.core.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.Startup;
import io.regie.core.settings.Installation;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts workers in the sandbox this machine allows. Owns {@code data/runtime/worker-*} and {@code data/workspaces},
 * the only place workers can write to.
 */
@Startup
@Singleton
public class Workers {
    private static final System.Logger LOG = System.getLogger(Workers.class.getName());
    private static final Duration SELF_TEST = Duration.ofSeconds(10);
    private static final Duration BETWEEN_TESTS = Duration.ofSeconds(30);
    private static final Duration ARCHIVING = Duration.ofSeconds(30);

    private final Path data;
    private final Path bundled;
    private volatile Path relays;
    private volatile @Nullable Ready ready;
    private volatile @Nullable String unusable = "workers have not been tried yet";
    private final CompletableFuture<Void> tested = new CompletableFuture<>();

    private record Ready(WorkerRuntime runtime, Sandbox sandbox) {}

    Workers(Installation installation) {
        this.data = real(installation.data());
        this.bundled = installation.bundled().resolve("worker");
        this.relays = data.resolve("relays");
    }

    @PostConstruct
    void prepare() {
        try {
            // Nobody asks yet: what is there was left by a server that was killed.
            Trees.delete(asking());
            relays = folderForSockets();
            for (Path folder : List.of(workspaces(), asking(), relays)) {
                Files.createDirectories(folder);
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            }
            WorkerRuntime runtime = WorkerRuntime.install(bundled, data.resolve("runtime"));
            Sandbox sandbox = Sandbox.detect(runtime.java());
            report(sandbox);
            ready = new Ready(runtime, sandbox);
            CompletableFuture.runAsync(this::test);
        } catch (IOException e) {
            tested.complete(null);
            unusable = "the worker cannot be installed: " + e.getMessage();
            LOG.log(System.Logger.Level.ERROR, "No job can run: {0}", unusable);
        }
    }

    /** Why no worker can run, or null when they can. Just after the start it waits until that is known. */
    public @Nullable String unusable() {
        try {
            tested.get(SELF_TEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            return "workers are still being tried";
        }
        return unusable;
    }

    /** Whether there is anything to start; {@link #unusable} knows whether it also works. */
    public boolean installed() {
        return ready != null;
    }

    public SandboxReport sandbox() {
        return require().sandbox().report();
    }

    /** Changes with every build of the worker. */
    public String version() {
        return require().runtime().version();
    }

    /** Where attempts have their folders: others may pass, not list. */
    public Path workspaces() {
        return data.resolve("workspaces");
    }

    /** Where workers of no one attempt have theirs: not among the attempts', which recovery clears. */
    private Path asking() {
        return data.resolve("asking");
    }

    /** Where relays have their sockets: others may pass, not list. */
    public Path relays() {
        return relays;
    }

    /** A socket's whole path has at most 108 bytes, which the attempts' own folders would nearly take up. */
    private Path folderForSockets() throws IOException {
        Path own = data.resolve("relays");
        Trees.delete(own);
        boolean fits = own.toString().getBytes(StandardCharsets.UTF_8).length < 80;
        return fits ? own : Files.createTempDirectory("regie");
    }

    /** Whether a worker that may talk to itself can really talk to nobody else. */
    public boolean confines() {
        return sandbox().active(Sandbox.LOOPBACK);
    }

    /** Lets the workers, and nobody else, use a socket of ours. */
    public void lend(Path socket) throws IOException {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        if (require().sandbox().drops()) {
            Privileges.give(socket, Privileges.WORKER_ID);
        }
    }

    /** A directory that only the worker's account can use. */
    public Path createPrivate(Path directory) throws IOException {
        Files.createDirectory(directory);
        giveAway(directory);
        return directory;
    }

    /** Gives a directory of ours, and nothing in it, to the workers. */
    public void giveAway(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        if (require().sandbox().drops()) {
            Privileges.give(directory, Privileges.WORKER_ID);
        }
    }

    /** Takes a file or directory back, so that no worker can change or reach it any more. */
    public void takeBack(Path path) throws IOException {
        if (require().sandbox().drops()) {
            Privileges.give(path, 0);
        }
    }

    /** @throws IOException when the process cannot be started at all */
    public WorkerProcess start(WorkerLaunch launch) throws IOException {
        Ready now = require();
        WorkerLaunch.Weight weight = launch.weight();
        Path archive = now.runtime().archive();
        String option = Files.exists(archive) ? "-XX:SharedArchiveFile=" + archive : "-Xshare:auto";
        List<String> command = now.sandbox()
                .wrap(java(now.runtime(), launch.temp(), weight.heapMiB(), option), weight, launch.reach());
        return start(command, launch.temp(), launch.request(), weight.memoryMiB());
    }

    /** Starts one for several requests. */
    SharedWorker share(WorkerLaunch.Weight each, WorkerLaunch.Reach reach, int most, Consumer<SharedWorker> gone)
            throws IOException {
        Path temp = asking().resolve(UUID.randomUUID().toString());
        createPrivate(temp);
        try {
            ObjectNode request = ProtocolJson.object().put("command", "share");
            WorkerProcess process = start(new WorkerLaunch(request, temp, each.times(most), reach));
            return new SharedWorker(process, temp, each.memoryMiB(), gone);
        } catch (IOException e) {
            Trees.delete(temp);
            throw e;
        }
    }

    private static WorkerProcess start(List<String> command, Path temp, ObjectNode request, int memoryMiB)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", temp.toString());
        environment.put("TMPDIR", temp.toString());
        // Each arena reserves address space per thread.
        environment.put("MALLOC_ARENA_MAX", "2");
        // setpriv and unshare keep the directory, which the server can enter and the worker's account too.
        builder.directory(temp.toFile());
        return new WorkerProcess(builder.start(), request.toString(), memoryMiB);
    }

    /**
     * Asks a fresh worker one thing and waits for its answer; for what takes no longer than a request may.
     *
     * @throws WorkerFailedException when it gave none
     */
    public JsonNode ask(ObjectNode request, Duration patience) throws WorkerFailedException {
        try {
            return ask(folder -> request, patience, (answer, folder) -> answer);
        } catch (IOException e) {
            throw new WorkerFailedException("it cannot be started: " + e.getMessage());
        }
    }

    /** Writes a question and the files it is about. */
    public interface Question {
        /** @param folder of this one question, for input and output */
        ObjectNode in(Path folder) throws IOException;
    }

    /** Takes an answer and the files it is about, which are gone afterwards. The worker has ended and changes nothing. */
    public interface Answer<T> {
        T take(JsonNode answer, Path folder) throws IOException;
    }

    /**
     * As {@link #ask(ObjectNode, Duration)}, where files go along.
     *
     * @throws IOException when the files cannot be written or taken, or the worker not be started
     */
    public <T> T ask(Question question, Duration patience, Answer<T> taker) throws WorkerFailedException, IOException {
        Path folder = asking().resolve(UUID.randomUUID().toString());
        createPrivate(folder);
        try {
            ObjectNode request = question.in(folder);
            JsonNode answer;
            try (WorkerProcess worker = start(new WorkerLaunch(request, folder, WorkerLaunch.Weight.light()))) {
                answer = answer(worker, patience);
            }
            takeBack(folder);
            return taker.take(answer, folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkerFailedException("interrupted");
        } finally {
            Trees.delete(folder);
        }
    }

    private static JsonNode answer(WorkerProcess worker, Duration patience)
            throws WorkerFailedException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (!worker.ended()) {
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (left.isNegative()) {
                    throw new WorkerFailedException("it did not answer within " + patience.toSeconds() + " s");
                }
                JsonNode message = worker.next(left.plusMillis(1));
                if (message != null && !message.path("event").asText().equals("log")) {
                    return message;
                }
            }
        } catch (ProtocolBrokenException e) {
            throw new WorkerFailedException(e.getMessage());
        }
        int code = worker.awaitExit(Duration.ofSeconds(1));
        LOG.log(System.Logger.Level.DEBUG, "Worker ended with {0}: {1}", code, worker.nativeLog());
        throw new WorkerFailedException("it ended without an answer (" + code + ")");
    }

    private static List<String> java(WorkerRuntime runtime, Path temp, int heapMiB, String sharing) {
        List<String> command = new ArrayList<>();
        command.add(runtime.java().toString());
        command.addAll(List.of(
                "-Xmx" + heapMiB + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                sharing,
                // Else it writes to /tmp/hsperfdata_<user>.
                "-XX:-UsePerfData",
                // Standard output is the protocol's, even in a crash.
                "-XX:+DisplayVMOutputToStderr",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-XX:ErrorFile=" + temp.resolve("hs_err.log"),
                "-XX:+DisableAttachMechanism",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + temp,
                "-Djava.library.path=" + runtime.libraries(),
                "-Dorg.bytedeco.javacpp.pathsFirst=true",
                "-Dorg.bytedeco.javacpp.platform.extension=-gpl",
                // The server watches memory; JavaCPP's own limit and collector only get in the way.
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dorg.bytedeco.javacpp.noPointerGC=true",
                "-cp",
                runtime.classPath(),
                "io.regie.worker.Worker"));
        return command;
    }

    /** A command that no worker knows: the right answer shows that Java, class path and sandbox work together. */
    private void test() {
        try {
            JsonNode answer = ask(ProtocolJson.object().put("command", "none"), SELF_TEST);
            unusable = answer.path("event").asText().equals("failed") ? null : "the worker speaks another protocol";
        } catch (WorkerFailedException e) {
            unusable = e.getMessage();
        } finally {
            tested.complete(null);
        }
        if (unusable != null) {
            LOG.log(System.Logger.Level.ERROR, "No job can run: {0}", unusable);
            // A machine that was too busy, or too full, need not stay so.
            CompletableFuture.delayedExecutor(BETWEEN_TESTS.toSeconds(), TimeUnit.SECONDS)
                    .execute(this::test);
            return;
        }
        try {
            archiveClasses(require().runtime());
        } catch (IOException | ProtocolBrokenException e) {
            LOG.log(System.Logger.Level.WARNING, "Workers start slower than they could: {0}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Lets a worker that does nothing write down what it loaded. Outside the sandbox, because no worker may write where
     * all of them load from; it runs only our own code, on no input.
     */
    private void archiveClasses(WorkerRuntime runtime)
            throws IOException, ProtocolBrokenException, InterruptedException {
        if (Files.exists(runtime.archive())) {
            return;
        }
        Path half = runtime.archive().resolveSibling("classes.new");
        Path temp = asking().resolve(UUID.randomUUID().toString());
        Files.createDirectory(temp);
        ObjectNode request = ProtocolJson.object().put("command", "rehearse");
        ObjectNode probe = request.putObject("probe");
        probe.put("command", "probe").put("input", temp.resolve("nothing").toString());
        probe.putObject("limits")
                .put("maxBytes", 1)
                .put("maxPixels", 1)
                .put("maxStreams", 1)
                .put("maxDurationSeconds", 1)
                .put("maxFrameRate", 1);
        WorkerLaunch.Weight weight = WorkerLaunch.Weight.light();
        List<String> command = java(runtime, temp, weight.heapMiB(), "-XX:ArchiveClassesAtExit=" + half);
        try (WorkerProcess worker = start(command, temp, request, weight.memoryMiB())) {
            worker.next(SELF_TEST);
            worker.dismiss();
            if (worker.awaitExit(ARCHIVING) == 0 && Files.exists(half)) {
                Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("r--r--r--"));
                Files.move(half, runtime.archive(), StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            Trees.delete(temp);
        }
    }

    /** Workers name files by their real paths; so do we. */
    private static Path real(Path data) {
        try {
            return data.toRealPath();
        } catch (IOException e) {
            return data.toAbsolutePath().normalize();
        }
    }

    private static void report(Sandbox sandbox) {
        for (SandboxReport.Tier tier : sandbox.report().tiers()) {
            if (!tier.active()) {
                LOG.log(System.Logger.Level.WARNING, "Workers run without {0}: {1}", tier.name(), tier.detail());
            }
        }
    }

    private Ready require() {
        Ready now = ready;
        if (now == null) {
            throw new IllegalStateException("No worker can run: " + unusable);
        }
        return now;
    }
}
