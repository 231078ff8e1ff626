package io.regie.core.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.regie.core.housekeeping.Housekeeping;
import io.regie.core.plugins.PluginTrial;
import io.regie.core.process.ProtocolJson;
import io.regie.core.process.WorkerFailedException;
import io.regie.core.process.Workers;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Once a day a worker makes and reads something tiny with each media library, and each plugin is loaded, so that what an
 * update of the machine broke is known before somebody's film fails. What is broken is tried again soon.
 */
@Singleton
class TestTools implements Housekeeping {

    private static final System.Logger LOG = System.getLogger(TestTools.class.getName());

    private static final Duration EVERY = Duration.ofDays(1);
    /** The start belongs to those who wait for their pages. */
    private static final Duration CALM = Duration.ofMinutes(5);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Workers workers;
    private final PluginTrial plugins;
    private final ToolTests tests;
    private final InstantSource clock;
    private final Instant started;

    TestTools(Workers workers, PluginTrial plugins, ToolTests tests, InstantSource clock) {
        this.workers = workers;
        this.plugins = plugins;
        this.tests = tests;
        this.clock = clock;
        this.started = clock.instant();
    }

    @Override
    public String name() {
        return "test-tools";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        boolean calm = now.isAfter(started.plus(CALM));
        boolean due = tests.find()
                .filter(last -> last.passed() && last.time().plus(EVERY).isAfter(now))
                .isEmpty();
        if (calm && due) {
            test();
        }
    }

    /** Tries everything now. Takes a few seconds. */
    ToolTest test() {
        List<ToolFault> faults = faults();
        if (!faults.isEmpty()) {
            // A machine that was too busy, or short of memory for a moment, is no reason to let jobs wait.
            faults = faults();
        }
        ToolTest test = ToolTest.of(clock.instant(), faults);
        tests.store(test);
        faults.forEach(fault -> LOG.log(
                System.Logger.Level.WARNING, "The media tools do not work: {0} {1}", fault.name(), fault.message()));
        return test;
    }

    private List<ToolFault> faults() {
        List<ToolFault> faults = new ArrayList<>(libraries());
        if (faults.isEmpty()) {
            plugins.failures()
                    .forEach((name, message) -> faults.add(new ToolFault(ToolFault.Kind.PLUGIN, name, message)));
        }
        return faults;
    }

    private List<ToolFault> libraries() {
        String unusable = workers.installed() ? null : workers.unusable();
        if (unusable != null) {
            return List.of(new ToolFault(ToolFault.Kind.WORKER, "", unusable));
        }
        try {
            JsonNode answer = workers.ask(ProtocolJson.object().put("command", "trial"), PATIENCE);
            List<ToolFault> faults = new ArrayList<>();
            for (JsonNode fault : answer.path("faults")) {
                faults.add(new ToolFault(
                        ToolFault.Kind.LIBRARY,
                        fault.path("tool").asText(),
                        fault.path("message").asText()));
            }
            if (!answer.path("event").asText().equals("tried")) {
                faults.add(new ToolFault(
                        ToolFault.Kind.WORKER, "", answer.path("message").asText()));
            }
            return faults;
        } catch (WorkerFailedException e) {
            return List.of(new ToolFault(ToolFault.Kind.WORKER, "", String.valueOf(e.getMessage())));
        }
    }
}
