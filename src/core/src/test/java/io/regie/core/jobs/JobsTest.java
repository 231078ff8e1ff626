package io.regie.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.database.Sql;
import io.regie.core.jobs.JobEvent.AttemptLost;
import io.regie.core.jobs.JobEvent.EarlyOutputStarted;
import io.regie.core.jobs.JobEvent.EarlySegmentsAdded;
import io.regie.core.jobs.JobEvent.JobFinished;
import io.regie.core.jobs.JobEvent.OutputPublished;
import io.regie.core.plugins.TestPlugins;
import io.regie.core.process.Privileges;
import io.regie.core.process.Workers;
import io.regie.core.settings.Installation;
import io.regie.core.storage.Storage;
import io.regie.spi.FailureKind;
import io.regie.spi.MediaInfo;
import io.regie.spi.MediaKind;
import io.regie.testkit.Clips;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class JobsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    JobService service;

    @Inject
    Jobs jobs;

    @Inject
    Attempts attempts;

    @Inject
    Effects effects;

    @Inject
    RecoverAbandonedJobs recovery;

    @Inject
    Workers workers;

    @Inject
    JobsConfig config;

    @Inject
    Storage storage;

    @Inject
    TestPlugins plugins;

    @Inject
    JobEventLog events;

    @Inject
    Installation installation;

    @Inject
    Sql sql;

    @TempDir
    Path folder;

    private String input;

    @BeforeEach
    void prepare() throws IOException {
        plugins.installActing();
        Path file = Files.write(folder.resolve("input"), new byte[] {1, 2, 3});
        input = storage.take(file, "bin").key();
    }

    @Test
    void probesAnUploadedClip() throws IOException {
        String key = storage.take(Clips.standard(folder), "mp4").key();
        long before = System.nanoTime();
        UUID job = service.submit(new JobDraft(
                JobQueue.PROBE,
                UUID.randomUUID(),
                "Clip",
                UUID.randomUUID(),
                null,
                List.of(new JobDraft.Input(key, null)),
                Map.of()));
        JobFinished finished = finished(job);
        System.out.println("probe took " + (System.nanoTime() - before) / 1_000_000 + " ms");
        assertThat(finished.failure()).isNull();
        assertThat(finished.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(finished.probed()).isNotNull();
        assertThat(finished.probed().kind()).isEqualTo(MediaKind.VIDEO);
        assertThat(finished.probed().video()).isPresent();
    }

    @Test
    void refusesWhatIsNoMedia() {
        UUID job = service.submit(new JobDraft(
                JobQueue.PROBE,
                UUID.randomUUID(),
                "Clip",
                UUID.randomUUID(),
                null,
                List.of(new JobDraft.Input(input, null)),
                Map.of()));
        JobFinished finished = finished(job);
        assertThat(finished.state()).isEqualTo(JobState.FAILED);
        assertThat(finished.failure().kind()).isEqualTo(FailureKind.BAD_INPUT);
        assertThat(finished.failure().reason()).isNotBlank();
        assertThat(finished.job().attempt()).isEqualTo(1);
    }

    @Test
    void publishesWhileItGrowsAndWhenItIsWhole() {
        UUID job = submit("acting.act", Map.of("act", "grow"));
        JobFinished finished = finished(job);
        assertThat(finished.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(finished.metadata()).containsEntry("title", "Grown");
        assertThat(events.of(job, EarlyOutputStarted.class)).hasSize(1);
        assertThat(events.of(job, EarlySegmentsAdded.class).stream()
                        .mapToInt(added -> added.segments().size())
                        .sum())
                .isEqualTo(3);
        assertThat(events.of(job, OutputPublished.class)).singleElement().satisfies(published -> {
            assertThat(published.output().name()).isEqualTo("poster");
            assertThat(storage.localFile(published.file().key())).hasSize(3);
        });
        assertThat(finished.outputs()).singleElement().satisfies(output -> {
            assertThat(output.output().rendition().segments()).hasSize(3);
            assertThat(storage.localFile(output.file().key())).hasSize(3100);
        });
        Job row = jobs.find(job).orElseThrow();
        assertThat(row.log()).contains("grown");
        assertThat(row.progress()).isEqualTo(1.0);
        assertThat(workspaces(job)).isEmpty();
    }

    @Test
    void existsOnlyIfTheCallersTransactionCommits() {
        UUID[] job = new UUID[1];
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    job[0] = submit("acting.act", Map.of("act", "succeed"));
                    throw new IllegalStateException("undo");
                }))
                .hasMessageContaining("undo");
        assertThat(jobs.find(job[0])).isEmpty();
        assertThat(sql.list("SELECT task_data FROM pool_batch", row -> new String(row.getBytes(1))))
                .noneMatch(ticket -> ticket.contains(job[0].toString()));
    }

    @Test
    void setsAsideWhatCrashesTheWorkerTwice() {
        UUID job = submit("acting.act", Map.of("act", "crash"));
        JobFinished finished = finished(job);
        assertThat(finished.state()).isEqualTo(JobState.FAILED);
        assertThat(finished.failure().reason()).isEqualTo("quarantined");
        assertThat(finished.failure().sentence()).contains("crashed twice");
        assertThat(finished.job().attempt()).isEqualTo(2);
        assertThat(events.of(job, AttemptLost.class)).hasSize(2);
        assertThat(jobs.find(job).orElseThrow().log()).contains("ended with code");
    }

    @Test
    void triesAgainAfterOneCrash() {
        UUID job = submit("acting.act", Map.of("act", "crash-once"));
        JobFinished finished = finished(job);
        assertThat(finished.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(finished.job().attempt()).isEqualTo(2);
    }

    @Test
    void goesOnWithTheWorkspaceOfAResumableAttempt() throws IOException {
        UUID job = submit("acting.resumed", Map.of("act", "resume"));
        JobFinished finished = finished(job);
        assertThat(finished.state()).isEqualTo(JobState.SUCCEEDED);
        Path found = storage.localFile(finished.outputs().get(0).file().key());
        assertThat(found).hasContent("first from the first attempt");
        assertThat(workspaces(job)).isEmpty();
    }

    @Test
    void killsAWorkerThatTakesTooMuchMemory() {
        UUID job = submit("acting.small", Map.of("act", "leak"));
        assertThat(finished(job).failure().reason()).isEqualTo("memory");
    }

    @Test
    void killsAWorkerThatGivesNoSignOfLife() {
        UUID job = submit("acting.quiet", Map.of("act", "hang"));
        assertThat(finished(job).failure().reason()).isEqualTo("stalled");
    }

    @Test
    void endsAnObedientJobAtOnceWhenCancelled() {
        UUID job = submit("acting.act", Map.of("act", "slow"));
        awaitProgress(job);
        long before = System.nanoTime();
        service.cancel(job);
        assertThat(finished(job).state()).isEqualTo(JobState.CANCELLED);
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        System.out.println("cancel took " + took.toMillis() + " ms");
        assertThat(took).isLessThan(Duration.ofSeconds(2));
        assertThat(events.of(job, AttemptLost.class)).hasSize(1);
    }

    @Test
    void endsAJobThatIgnoresCancelTogetherWithItsChildren() {
        UUID job = submit("acting.act", Map.of("act", "hang"));
        awaitLog(job, "hanging");
        service.cancel(job);
        assertThat(finished(job).state()).isEqualTo(JobState.CANCELLED);
        assertThat(processesIn(job)).isEmpty();
    }

    @Test
    void leavesNothingTwoSecondsAfterItsSubjectWasDeleted() {
        UUID subject = UUID.randomUUID();
        UUID job = submit("acting.act", subject, Map.of("act", "hang"));
        UUID waiting = submit("acting.act", subject, Map.of("act", "succeed"));
        awaitLog(job, "hanging");
        assertThat(processesIn(job)).isNotEmpty();
        long before = System.nanoTime();
        service.cancelAllAbout(subject);
        await().atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> processesIn(job).isEmpty());
        System.out.println("discard took " + (System.nanoTime() - before) / 1_000_000 + " ms");
        assertThat(finished(job).state()).isEqualTo(JobState.CANCELLED);
        assertThat(finished(waiting).state()).isEqualTo(JobState.CANCELLED);
        assertThat(workspaces(job)).isEmpty();
    }

    @Test
    void runsLightJobsWhileAllPlacesForHeavyOnesAreTaken() {
        List<UUID> heavy = new ArrayList<>();
        for (int i = 0; i <= config.batchSize(); i++) {
            heavy.add(submit("acting.act", Map.of("act", "slow")));
        }
        awaitProgress(heavy.get(0));

        UUID light = submit("acting.light", Map.of("act", "succeed"));

        assertThat(finished(light).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(heavy)
                .extracting(job -> jobs.find(job).orElseThrow().state())
                .contains(JobState.QUEUED);
        heavy.forEach(service::cancel);
        assertThat(heavy).extracting(job -> finished(job).state()).containsOnly(JobState.CANCELLED);
    }

    @Test
    void waitsInsteadOfFailingWhileTheMediaToolsAreBroken() {
        sql.update("INSERT INTO tool_test (tested, broken, faults) VALUES (now(), true, '[]')"
                + " ON CONFLICT (one) DO UPDATE SET broken = true");
        UUID job = submit("acting.act", Map.of("act", "succeed"));
        try {
            awaitLog(job, "Waiting: the media tools do not work.");
            assertThat(jobs.find(job).orElseThrow().state()).isEqualTo(JobState.QUEUED);
            assertThat(jobs.find(job).orElseThrow().attempt()).isZero();
        } finally {
            sql.update("UPDATE tool_test SET broken = false");
        }
        assertThat(finished(job).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void keepsOutputsWhenStopped() {
        UUID job = submit("acting.act", Map.of("act", "slow"));
        awaitProgress(job);
        service.stop(job);
        JobFinished finished = finished(job);
        assertThat(finished.state()).isEqualTo(JobState.STOPPED);
        assertThat(finished.outputs()).hasSize(1);
    }

    @Test
    void endsTheWorkerEvenIfThePluginLeavesThreads() {
        UUID job = submit("acting.act", Map.of("act", "threads"));
        assertThat(finished(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(processesIn(job)).isEmpty();
    }

    @Test
    void refusesOutputsThatAreNotTheWorkersOwn() {
        String secret = installation.data().resolve("database.password").toString();
        for (String act : List.of("link", "outside")) {
            UUID job = submit("acting.act", Map.of("act", act, "with", secret));
            JobFinished finished = finished(job);
            assertThat(finished.state()).isEqualTo(JobState.FAILED);
            assertThat(finished.outputs()).isEmpty();
        }
    }

    @Test
    void doesNotTryBadInputAgainButDefectsOnce() {
        UUID bad = submit("acting.act", Map.of("act", "bad-input"));
        UUID defect = submit("acting.act", Map.of("act", "defect"));
        assertThat(finished(bad).failure().sentence()).isEqualTo("This is not what it should be.");
        assertThat(finished(bad).job().attempt()).isEqualTo(1);
        assertThat(finished(defect).failure().kind()).isEqualTo(FailureKind.INTERNAL);
        assertThat(finished(defect).job().attempt()).isEqualTo(2);
    }

    @Test
    void waitsBeforeItTriesAgainWhenSomethingOutsideFailed() {
        UUID job = submit("acting.act", Map.of("act", "external"));
        await().atMost(PATIENCE).until(() -> jobs.find(job).orElseThrow().retries() == 1);
        assertThat(jobs.find(job).orElseThrow().state()).isEqualTo(JobState.QUEUED);
        service.cancel(job);
        assertThat(finished(job).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void finishesWhatItHasWhenStoppedWhileItWaitsForAnotherTry() {
        UUID job = submit("acting.resumed", Map.of("act", "keep-trying"));
        await().atMost(PATIENCE).until(() -> jobs.find(job).orElseThrow().retries() == 1);

        service.stop(job);

        JobFinished finished = finished(job);
        assertThat(finished.state()).isEqualTo(JobState.STOPPED);
        assertThat(finished.job().attempt()).isEqualTo(2);
        assertThat(finished.outputs()).hasSize(1);
    }

    @Test
    void cancelsWhatHasNothingToKeepWhenStoppedInTheQueue() {
        UUID job = submit("acting.act", Map.of("act", "external"));
        await().atMost(PATIENCE).until(() -> jobs.find(job).orElseThrow().retries() == 1);

        service.stop(job);

        assertThat(finished(job).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void runsAgainOnRequest() {
        UUID job = submit("acting.act", Map.of("act", "bad-input"));
        finished(job);
        service.retry(job);
        await().atMost(PATIENCE).until(() -> events.of(job, JobFinished.class).size() == 2);
        assertThat(events.of(job, JobFinished.class).get(1).job().attempt()).isEqualTo(2);
    }

    @Test
    void changesNothingForAnAttemptThatIsNotCurrent() {
        UUID job = submit("acting.act", Map.of("act", "slow"));
        awaitProgress(job);
        Job stale = jobs.find(job).orElseThrow();
        sql.update("UPDATE job SET attempt = attempt + 1 WHERE id = ?", job);
        Job current = jobs.find(job).orElseThrow();
        assertThatThrownBy(() -> effects.finish(stale, JobState.SUCCEEDED, List.of(), Map.of(), "late"))
                .isInstanceOf(FenceLostException.class);
        await().atMost(PATIENCE)
                .until(() -> processesIn(job).isEmpty() && workspaces(job).isEmpty());
        assertThat(events.of(job, JobFinished.class)).isEmpty();
        Job after = jobs.find(job).orElseThrow();
        assertThat(after.state()).isEqualTo(JobState.RUNNING);
        assertThat(after.log()).doesNotContain("late");
        assertThat(after.attempt()).isEqualTo(current.attempt());
        attempts.recover(Ticket.of(job, after.ticket()));
        service.cancel(job);
    }

    @Test
    void isNeverSetAsideBecauseTheServerWasInterrupted() {
        UUID job = interruptible();
        UUID ticket = jobs.find(job).orElseThrow().ticket();
        for (int i = 1; i <= 10; i++) {
            QuarkusTransaction.requiringNew().call(() -> jobs.begin(job, ticket, "node"));
            assertThat(attempts.recover(Ticket.of(job, ticket))).isInstanceOf(Next.Again.class);
            assertThat(jobs.find(job).orElseThrow().crashes()).isZero();
        }
        QuarkusTransaction.requiringNew().call(() -> jobs.begin(job, ticket, "node"));
        assertThat(attempts.recover(Ticket.of(job, ticket))).isInstanceOf(Next.Remove.class);
        assertThat(finished(job).failure().reason()).isEqualTo("interrupted");
    }

    @Test
    void startsCountingInterruptionsAnewWhenItGotFurther() {
        UUID job = interruptible();
        UUID ticket = jobs.find(job).orElseThrow().ticket();
        for (int i = 1; i <= 15; i++) {
            Job begun = QuarkusTransaction.requiringNew()
                    .call(() -> jobs.begin(job, ticket, "node"))
                    .orElseThrow();
            jobs.progress(job, begun.attempt(), i / 20.0, null, null, "");
            assertThat(attempts.recover(Ticket.of(job, ticket))).isInstanceOf(Next.Again.class);
        }
        service.cancel(job);
    }

    @Test
    void runsAgainAtOnceWhatAKilledServerLeftRunning() {
        UUID job = submit("acting.act", Map.of("act", "succeed"));
        finished(job);
        // As a server leaves it that is killed in the middle: the job runs, its execution is picked by a dead node.
        Ticket ticket = Ticket.of(job, UUID.randomUUID());
        sql.update(
                "UPDATE job SET state = 'RUNNING', ended = NULL, progress = 0.5, ticket = ? WHERE id = ?",
                ticket.ticket(),
                job);
        sql.update(
                """
                INSERT INTO pool_batch (task_name, task_instance, task_data, execution_time, picked, picked_by,
                        last_heartbeat, version)
                VALUES (?, ?, ?, now(), true, 'killed-node', now(), 1)
                """,
                Ticket.TASK,
                ticket.ticket().toString(),
                new TicketJson().serialize(ticket));
        recovery.recover(Pool.BATCH, "killed-node");
        await().atMost(PATIENCE).until(() -> events.of(job, JobFinished.class).size() == 2);
        JobFinished again = events.of(job, JobFinished.class).get(1);
        assertThat(again.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(again.job().attempt()).isEqualTo(2);
        assertThat(jobs.find(job).orElseThrow().interruptions()).isEqualTo(1);
        assertThat(jobs.find(job).orElseThrow().crashes()).isZero();
    }

    @Test
    void confinesWorkers() throws IOException {
        UUID job = submit(
                "acting.act", Map.of("act", "snoop", "with", installation.data().toString()));
        JobFinished finished = finished(job);
        assertThat(finished.state()).isEqualTo(JobState.SUCCEEDED);
        List<String> seen = Files.readAllLines(
                storage.localFile(finished.outputs().get(0).file().key()));
        assertThat(seen)
                .anyMatch(line -> line.startsWith("environment")
                        && !line.contains("REGIE")
                        && !line.contains("JAVA_HOME")
                        && !line.contains("PWD"));
        if (workers.sandbox().active("account")) {
            assertThat(seen)
                    .contains("uid " + Privileges.WORKER_ID, "groups " + Privileges.WORKER_ID)
                    .contains("password false", "write falsefalsefalsefalse", "list falsefalsefalse");
        }
        if (workers.sandbox().active("privileges")) {
            assertThat(seen).contains("privileges NoNewPrivs:\t1");
        }
        if (workers.sandbox().active("network")) {
            assertThat(seen).anyMatch(line -> line.startsWith("interfaces") && line.matches(".*;[01]"));
        }
    }

    /** The plugin logs, prints and fails with it. */
    @Test
    void writesSecretParametersDownNowhere() {
        UUID job = submit("acting.secret", Map.of("act", "tell", "with", "hush-4711"));
        JobFinished finished = finished(job);
        assertThat(finished.failure().sentence()).isEqualTo("The key *** is wrong.");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(jobs.find(job).orElseThrow().log()).contains("it is ***", "native ***"));
        String row = sql.find("SELECT j::text FROM job j WHERE id = ?", found -> found.getString(1), job)
                .orElseThrow();
        assertThat(row).contains("v1:").doesNotContain("hush-4711");
    }

    /** A job that nobody starts. */
    private UUID interruptible() {
        UUID id = UUID.randomUUID();
        jobs.insert(
                id,
                UUID.randomUUID(),
                Pool.BATCH,
                new JobDraft("acting.act", UUID.randomUUID(), "Clip", UUID.randomUUID(), null, List.of(), Map.of()));
        return id;
    }

    private UUID submit(String type, Map<String, Object> parameters) {
        return submit(type, UUID.randomUUID(), parameters);
    }

    private UUID submit(String type, UUID subject, Map<String, Object> parameters) {
        Map<String, Object> complete = new HashMap<>(Map.of("with", "", "amount", 1L));
        complete.putAll(parameters);
        MediaInfo info = new MediaInfo(MediaKind.VIDEO, "mp4", "video/mp4", 3, null, 0, List.of(), Map.of());
        return service.submit(new JobDraft(
                type, subject, "Clip", UUID.randomUUID(), null, List.of(new JobDraft.Input(input, info)), complete));
    }

    private JobFinished finished(UUID job) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !events.of(job, JobFinished.class).isEmpty()
                        && jobs.find(job).orElseThrow().state().ended());
        assertThat(events.of(job, JobFinished.class)).hasSize(1);
        await().atMost(PATIENCE).until(() -> workspaces(job).isEmpty());
        return events.of(job, JobFinished.class).get(0);
    }

    private void awaitProgress(UUID job) {
        await().atMost(PATIENCE).until(() -> jobs.find(job).orElseThrow().progress() != null);
    }

    private void awaitLog(UUID job, String line) {
        await().atMost(PATIENCE).until(() -> jobs.find(job).orElseThrow().log().contains(line));
    }

    /** Every process that works in the job's folder, by its working directory. */
    private static List<Path> processesIn(UUID job) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("[0-9]+"))
                    .filter(process -> workingDirectory(process).contains(job.toString()))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String workingDirectory(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).toString();
        } catch (IOException ended) {
            return "";
        }
    }

    private List<Path> workspaces(UUID job) {
        try (Stream<Path> folders = Files.list(workers.workspaces())) {
            return folders.filter(path -> path.getFileName().toString().startsWith(job.toString()))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
