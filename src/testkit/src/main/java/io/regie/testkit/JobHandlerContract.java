package io.regie.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.regie.spi.FailureKind;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.MediaFile;
import io.regie.spi.Output;
import io.regie.spi.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every job handler keeps to. A plugin's test extends this once for each of its handlers. */
public abstract class JobHandlerContract {

    private static final long MAX_SECONDS = 120;

    @TempDir
    Path folder = Path.of("");

    private Path workspace = Path.of("");

    /** The handler to test. */
    protected abstract JobHandler handler();

    /** Writes a short input that the handler accepts, and says what a probe finds in it. */
    protected abstract MediaFile input(Path folder) throws Exception;

    /** Writes an input that takes the handler a few seconds, so that there is time to stop it. */
    protected abstract MediaFile longInput(Path folder) throws Exception;

    /** What to ask for; every parameter without a default has to be here. */
    protected Map<String, Object> parameters() {
        return Map.of();
    }

    @BeforeEach
    void createWorkspace() throws IOException {
        workspace = Files.createDirectories(folder.resolve("workspace"));
    }

    @Test
    void declaresWhatItMakes() throws Exception {
        RememberingJobContext context = new RememberingJobContext(workspace);

        JobResult result = run(request(input(inputs())), context);

        List<Output> all = new ArrayList<>(context.published());
        all.addAll(result.outputs());
        assertThat(all).isNotEmpty();
        OutputChecks.check(all, workspace);
        assertThat(context.violations()).isEmpty();
    }

    @Test
    void finishesEachEarlyOutput() throws Exception {
        RememberingJobContext context = new RememberingJobContext(workspace);

        JobResult result = run(request(input(inputs())), context);

        List<String> finished = new ArrayList<>();
        context.published().forEach(output -> finished.add(output.name()));
        result.outputs().forEach(output -> finished.add(output.name()));
        assertThat(finished)
                .containsAll(context.early().stream().map(Output::name).toList());
    }

    @Test
    void writesOnlyIntoItsWorkspace() throws Exception {
        MediaFile input = input(inputs());
        Map<Path, Long> before = filesOutsideWorkspace();

        run(request(input), new RememberingJobContext(workspace));

        assertThat(filesOutsideWorkspace()).isEqualTo(before);
    }

    @Test
    void reportsProgress() throws Exception {
        RememberingJobContext context = new RememberingJobContext(workspace);

        run(request(input(inputs())), context);

        List<Double> fractions =
                context.progress().stream().map(Progress::fraction).toList();
        assertThat(fractions).isNotEmpty().allMatch(fraction -> fraction <= 1);
        List<Double> known =
                fractions.stream().filter(fraction -> fraction >= 0).toList();
        assertThat(known).isSorted();
    }

    @Test
    void keepsOutputsWhenStopped() throws Exception {
        RememberingJobContext context = new RememberingJobContext(workspace).watch(RememberingJobContext::stop);

        JobResult result = run(request(longInput(inputs())), context);

        List<Output> all = new ArrayList<>(context.published());
        all.addAll(result.outputs());
        OutputChecks.check(all, workspace);
        assertThat(context.violations()).isEmpty();
    }

    @Test
    void endsWithinTwoSecondsWhenCancelled() throws Exception {
        MediaFile input = longInput(inputs());
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        CountDownLatch begun = new CountDownLatch(1);
        RememberingJobContext context = new RememberingJobContext(workspace).watch(told -> begun.countDown());
        FutureTask<JobResult> task = new FutureTask<>(() -> handler().run(request(input), context));
        Thread thread = new Thread(task, "handler");
        thread.start();
        assertThat(begun.await(MAX_SECONDS, TimeUnit.SECONDS))
                .as("the handler reports progress")
                .isTrue();

        context.cancel();
        thread.interrupt();
        thread.join(2000);

        assertThat(thread.isAlive()).as("still running 2 s after cancel").isFalse();
        assertThat(openFiles()).as("files left open").isEmpty();
        Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
        left.removeAll(threads);
        left.remove(thread);
        // The JVM and JUnit start daemons of their own when they please.
        left.removeIf(other -> !other.isAlive() || other.isDaemon());
        assertThat(left).as("threads left running").isEmpty();
    }

    @Test
    void failsCleanlyOnRubbish() throws Exception {
        MediaFile good = input(inputs());
        Path rubbish = Files.writeString(folder.resolve("rubbish"), "This was never a medium.\n".repeat(500));

        JobFailedException failure = failure(request(new MediaFile(rubbish, good.info())));

        assertThat(failure.kind()).isEqualTo(FailureKind.BAD_INPUT);
        assertThat(failure.getMessage()).doesNotContain(folder.toString()).endsWith(".");
        assertThat(openFiles()).as("files left open").isEmpty();
    }

    @Test
    void estimatesWithinASecond() throws Exception {
        JobRequest request = request(input(inputs()));
        long start = System.nanoTime();

        assertThat(handler().estimate(request)).isNotNull();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    /** Runs the handler as the worker does, on a thread of its own. */
    protected final JobResult run(JobRequest request, RememberingJobContext context) throws Exception {
        FutureTask<JobResult> task = new FutureTask<>(() -> handler().run(request, context));
        Thread thread = new Thread(task, "handler");
        thread.start();
        try {
            return task.get(MAX_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (TimeoutException e) {
            thread.interrupt();
            return fail("The handler had not ended after %d s".formatted(MAX_SECONDS));
        }
    }

    /** A request for this handler's type with the contract's parameters. */
    protected final JobRequest request(MediaFile input) {
        return new JobRequest("job-1", 1, handler().type().id(), List.of(input), parameters(), null);
    }

    private JobFailedException failure(JobRequest request) throws Exception {
        try {
            run(request, new RememberingJobContext(workspace));
        } catch (JobFailedException expected) {
            return expected;
        }
        return fail("The handler accepted rubbish");
    }

    private Path inputs() throws IOException {
        return Files.createDirectories(folder.resolve("inputs"));
    }

    private Map<Path, Long> filesOutsideWorkspace() throws IOException {
        Map<Path, Long> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(path -> !path.startsWith(workspace)).toList()) {
                files.put(
                        file,
                        Files.isDirectory(file)
                                ? 0L
                                : Files.getLastModifiedTime(file).toMillis());
            }
        }
        return files;
    }

    /** Files of this test that the process still has open; empty where the system does not tell. */
    private List<Path> openFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return List.of();
        }
        Path root = folder.toRealPath();
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.map(JobHandlerContract::target)
                    .filter(path -> path.startsWith(root))
                    .toList();
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (NoSuchFileException closed) {
            return Path.of("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
