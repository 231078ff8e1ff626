package io.regie.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.jobs.JobEvent.JobFinished;
import io.regie.core.plugins.JobTypes;
import io.regie.core.plugins.TestPlugins;
import io.regie.core.process.ProtocolJson;
import io.regie.core.process.Seat;
import io.regie.core.process.SharedWorkers;
import io.regie.core.process.WorkerLaunch;
import io.regie.core.process.Workers;
import io.regie.core.storage.Storage;
import io.regie.spi.JobType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Live streams that are read in one real process. */
@QuarkusTest
class SharedWorkerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern PROCESS = Pattern.compile("in process (\\d+)");

    @Inject
    JobService service;

    @Inject
    Jobs jobs;

    @Inject
    JobTypes types;

    @Inject
    Workers workers;

    @Inject
    SharedWorkers shared;

    @Inject
    Storage storage;

    @Inject
    TestPlugins plugins;

    @Inject
    TestOrigins origins;

    @Inject
    JobEventLog events;

    private final List<UUID> submitted = new ArrayList<>();

    @BeforeEach
    void install() {
        plugins.installActing();
    }

    @AfterEach
    void endAll() {
        for (UUID job : submitted) {
            if (!jobs.find(job).orElseThrow().state().ended()) {
                service.cancel(job);
            }
        }
        submitted.forEach(this::finished);
    }

    @Test
    void readsSeveralInOneProcessAndEndsEachByItself() {
        UUID stopped = film("cafe-4711");
        UUID cancelled = film("dead-4712");
        UUID going = film("beef-4713");
        long process = process(going, 1);
        assertThat(process(stopped, 1)).isEqualTo(process);
        assertThat(process(cancelled, 1)).isEqualTo(process);

        service.stop(stopped);
        assertThat(finished(stopped).state()).isEqualTo(JobState.STOPPED);
        assertThat(finished(stopped).outputs()).hasSize(1);
        service.cancel(cancelled);
        assertThat(finished(cancelled).state()).isEqualTo(JobState.CANCELLED);
        UUID failed = submit("acting.reel", "bad-input", "fade-4714");
        assertThat(finished(failed).failure().sentence()).isEqualTo("This is not what it should be.");
        UUID defect = submit("acting.reel", "defect", "face-4715");
        assertThat(finished(defect).job().attempt()).isEqualTo(2);

        assertGoesOn(going);
        Job row = jobs.find(going).orElseThrow();
        assertThat(row.attempt()).isEqualTo(1);
        assertThat(jobs.find(defect).orElseThrow().log())
                .as("where it broke, and nothing that its neighbours printed")
                .contains("IllegalStateException: a defect")
                .doesNotContain("native", "4713");
        assertThat(row.log()).doesNotContain("native", "defect", "4714");
    }

    @Test
    void endsTheProcessSomeTimeAfterTheLast() {
        UUID only = film("a");
        long process = process(only, 1);
        service.stop(only);
        finished(only);
        assertThat(ProcessHandle.of(process)).isPresent();
        await().atMost(PATIENCE).until(() -> ProcessHandle.of(process).isEmpty());
    }

    @Test
    void interruptsTheOthersWhenOneIsDeaf() {
        UUID going = film("a");
        long process = process(going, 1);
        UUID deaf = submit("acting.reel", "hang", "b");
        awaitLog(deaf, "hanging");

        service.cancel(deaf);

        assertThat(finished(deaf).state()).isEqualTo(JobState.CANCELLED);
        assertThat(process(going, 2)).isNotEqualTo(process);
        assertGoesOn(going);
        Job row = jobs.find(going).orElseThrow();
        assertThat(row.crashes()).isZero();
        assertThat(row.interruptions()).isEqualTo(1);
        UUID next = film("c");
        assertThat(process(next, 1)).as("still fit for company").isEqualTo(process(going, 2));
    }

    @Test
    void blamesASilentOneAlone() {
        UUID going = film("a");
        process(going, 1);
        UUID silent = submit("acting.silent", "hang", "b");

        await().atMost(PATIENCE).until(() -> jobs.find(silent).orElseThrow().crashes() == 1);

        process(going, 2);
        assertGoesOn(going);
        assertThat(jobs.find(going).orElseThrow().crashes()).isZero();
    }

    @Test
    void givesEachAProcessOfItsOwnAfterACrashTogether() throws IOException {
        UUID one = film("a");
        UUID other = film("b");
        long process = process(one, 1);
        assertThat(process(other, 1)).isEqualTo(process);

        new ProcessBuilder("kill", "-SEGV", Long.toString(process)).start();

        assertThat(process(one, 2)).isNotEqualTo(process(other, 2)).isNotEqualTo(process);
        assertGoesOn(one);
        assertGoesOn(other);
        assertThat(jobs.find(one).orElseThrow().crashes()).isEqualTo(1);
        long alone = process(one, 2);
        new ProcessBuilder("kill", "-SEGV", Long.toString(alone)).start();
        await().atMost(PATIENCE).until(() -> jobs.find(one).orElseThrow().crashes() == 2);
        assertThat(jobs.find(other).orElseThrow().attempt())
                .as("has nothing to do with it")
                .isEqualTo(2);
        assertGoesOn(other);
    }

    @Test
    void findsOutWhoTakesTooMuchMemory() {
        UUID going = film("a");
        process(going, 1);
        UUID greedy = submit("acting.reel", "leak", "b");

        await().atMost(PATIENCE).until(() -> jobs.find(greedy).orElseThrow().crashes() == 2);

        assertThat(jobs.find(greedy).orElseThrow().log()).contains("took more than the 320 MiB it may have");
        process(going, 2);
        assertGoesOn(going);
        assertThat(jobs.find(going).orElseThrow().crashes()).isEqualTo(1);
    }

    @Test
    void keepsWhatAProcessThatGoesOnCouldStillChange() throws IOException {
        UUID going = film("a");
        long process = process(going, 1);
        UUID careless = submit("acting.reel", "write-later", "b");
        JobFinished finished = finished(careless);
        UUID witness = submit("acting.reel", "await-writing", "c");
        assertThat(finished(witness).state()).isEqualTo(JobState.SUCCEEDED);

        assertThat(storage.localFile(finished.outputs().get(0).file().key())).hasBinaryContent(new byte[] {1, 2, 3, 4});
        assertThat(ProcessHandle.of(process)).isPresent();
    }

    @Test
    void fillsAProcessBeforeItBeginsAnother() throws Exception {
        List<Seat> seats = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                seats.add(seat(2));
            }
            List<Long> processes = seats.stream().map(Seat::pid).toList();
            assertThat(processes.get(1)).isEqualTo(processes.get(0)).isNotEqualTo(processes.get(2));
            assertThat(processes.stream().distinct()).hasSize(3);
        } finally {
            seats.forEach(Seat::close);
        }
    }

    @Test
    void letsOnlyThoseShareWhoLoseLittle() {
        Job fresh = jobs.find(film("a")).orElseThrow();
        JobType film = types.find("acting.reel").orElseThrow();
        assertThat(Attempts.shares(fresh, film, WorkerLaunch.Reach.ITSELF, 8)).isTrue();
        assertThat(Attempts.shares(fresh, film, WorkerLaunch.Reach.ITSELF, 1)).isFalse();
        assertThat(Attempts.shares(fresh, film, WorkerLaunch.Reach.EVERYBODY, 8))
                .as("SRT")
                .isFalse();
        for (String other : List.of("acting.record", "acting.resumed")) {
            JobType type = types.find(other).orElseThrow();
            assertThat(Attempts.shares(fresh, type, WorkerLaunch.Reach.ITSELF, 8))
                    .as(other)
                    .isFalse();
        }
    }

    private Seat seat(int most) throws IOException {
        Path folder = workers.workspaces().resolve(UUID.randomUUID().toString());
        return shared.seat(
                new WorkerLaunch(
                        ProtocolJson.object().put("command", "run"),
                        folder,
                        WorkerLaunch.Weight.light(),
                        WorkerLaunch.Reach.ITSELF),
                types.jarOf("acting.reel"),
                most);
    }

    private UUID film(String secret) {
        return submit("acting.reel", "film", secret);
    }

    private UUID submit(String type, String act, String secret) {
        UUID job = QuarkusTransaction.requiringNew().call(() -> {
            UUID id = service.submit(new JobDraft(
                    type,
                    UUID.randomUUID(),
                    "Stream",
                    UUID.randomUUID(),
                    null,
                    List.of(),
                    new HashMap<>(Map.of("act", act, "with", "", "amount", 1L))));
            origins.put(id, URI.create("http://reader:" + secret + "@127.0.0.9:9/live"));
            return id;
        });
        submitted.add(job);
        return job;
    }

    private JobFinished finished(UUID job) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> !events.of(job, JobFinished.class)
                .isEmpty());
        return events.of(job, JobFinished.class).get(0);
    }

    /** The process that an attempt runs in. */
    private long process(UUID job, int attempt) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> processes(job).size() >= attempt);
        return processes(job).get(attempt - 1);
    }

    private List<Long> processes(UUID job) {
        List<Long> found = new ArrayList<>();
        Matcher said = PROCESS.matcher(jobs.find(job).orElseThrow().log());
        while (said.find()) {
            found.add(Long.parseLong(said.group(1)));
        }
        return found;
    }

    private void assertGoesOn(UUID job) {
        long version = jobs.find(job).orElseThrow().version();
        await().atMost(PATIENCE).until(() -> jobs.find(job).orElseThrow().version() > version + 1);
        assertThat(jobs.find(job).orElseThrow().state()).isEqualTo(JobState.RUNNING);
    }

    private void awaitLog(UUID job, String line) {
        await().atMost(PATIENCE).until(() -> jobs.find(job).orElseThrow().log().contains(line));
    }
}
