package io.regie.worker;

import io.regie.spi.EarlyOutput;
import io.regie.spi.JobContext;
import io.regie.spi.JobResult;
import io.regie.spi.Network;
import io.regie.spi.Output;
import io.regie.spi.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The host's side of a running attempt: checks what the handler declares, in its order, and passes it on. */
final class RunContext implements JobContext {

    /** Often enough to watch; a recording of days spends more on saying how it does than one thinks. */
    private static final long PROGRESS_NANOS = Duration.ofSeconds(1).toNanos();

    private static final int MAX_LINE = 4000;
    private static final int MAX_FIGURES = 20;
    private static final Pattern FIGURE = Pattern.compile("[a-z][a-zA-Z]{0,31}");

    private final Path workspace;
    private final @Nullable Network network;
    private final Control control;
    private final EventStream events;
    private final LongSupplier nanoTime;
    private final DeclaredOutputs outputs;

    private long lastProgress;
    private boolean anyProgress;
    private @Nullable Progress held;
    private @Nullable PluginDefectException defect;
    private boolean ended;

    /**
     * @param workspace a real path
     * @param network null for a job that has none
     */
    RunContext(Path workspace, @Nullable Network network, Control control, EventStream events, LongSupplier nanoTime) {
        this.workspace = workspace;
        this.network = network;
        this.control = control;
        this.events = events;
        this.nanoTime = nanoTime;
        this.outputs = new DeclaredOutputs(workspace);
    }

    @Override
    public Path workspace() {
        return workspace;
    }

    @Override
    public Network network() {
        return network == null ? JobContext.super.network() : network;
    }

    @Override
    public synchronized void progress(Progress progress) {
        long now = nanoTime.getAsLong();
        held = progress;
        if (!anyProgress || now - lastProgress >= PROGRESS_NANOS) {
            anyProgress = true;
            lastProgress = now;
            sendHeldProgress();
        }
    }

    private void sendHeldProgress() {
        if (held != null && !ended) {
            double fraction = Double.isNaN(held.fraction()) ? -1 : Math.max(-1, Math.min(1, held.fraction()));
            double speed = Double.isFinite(held.speed()) ? Math.max(0, held.speed()) : 0;
            events.send(new Event.Progressed(fraction, speed, sensible(held.figures())));
        }
        held = null;
    }

    private static Map<String, Double> sensible(Map<String, Double> figures) {
        return figures.entrySet().stream()
                .filter(figure -> Double.isFinite(figure.getValue())
                        && FIGURE.matcher(figure.getKey()).matches())
                .limit(MAX_FIGURES)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public synchronized void log(String line) {
        if (!ended) {
            events.send(new Event.Logged(line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE) + "…"));
        }
    }

    @Override
    public EarlyOutput publishEarly(Output declared) {
        String name = declare(() -> {
            Output output = outputs.early(declared);
            events.send(new Event.Early(output));
            return output.name();
        });
        return segment -> declare(() -> {
            outputs.append(name, segment);
            events.send(new Event.Appended(name, segment));
            return name;
        });
    }

    @Override
    public void publish(Output declared) {
        declare(() -> {
            Output output = outputs.finished(declared);
            events.send(new Event.Published(output));
            return output;
        });
    }

    @Override
    public boolean stopRequested() {
        return control.isStopped();
    }

    @Override
    public boolean cancelRequested() {
        return control.isCancelled();
    }

    /** Nothing of a handler that has returned, or of threads that it left, counts any more. */
    synchronized void end() {
        sendHeldProgress();
        ended = true;
    }

    /** Checks what the handler returned. */
    synchronized JobResult finish(@Nullable JobResult result) {
        if (defect != null) {
            // The handler may have swallowed it; its outputs are still not to be trusted.
            throw defect;
        }
        if (result == null) {
            throw new PluginDefectException("The handler returned no result.");
        }
        List<Output> checked = result.outputs().stream().map(outputs::finished).toList();
        return new JobResult(checked, result.metadata());
    }

    private interface Declaration<T> {
        T pass();
    }

    /** Check and event are one step, so that the server reads declarations in the order in which they were checked. */
    private synchronized <T> T declare(Declaration<T> declaration) {
        if (ended) {
            throw new IllegalStateException("The handler has returned");
        }
        try {
            return declaration.pass();
        } catch (PluginDefectException e) {
            if (defect == null) {
                defect = e;
            }
            throw e;
        }
    }
}
