package io.regie.testkit;

import io.regie.spi.EarlyOutput;
import io.regie.spi.JobContext;
import io.regie.spi.Network;
import io.regie.spi.Output;
import io.regie.spi.Progress;
import io.regie.spi.Segment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A job context that remembers what it was told, and watches early outputs as a viewer would: a segment has to be in the
 * file when it is announced, and stays as it is.
 */
public final class RememberingJobContext implements JobContext {

    private final Path workspace;
    private final List<Progress> progress = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final Map<String, Output> early = new LinkedHashMap<>();
    private final Map<String, List<Segment>> segments = new LinkedHashMap<>();
    private final Map<Segment, String> digests = new LinkedHashMap<>();
    private final List<Output> published = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private Consumer<RememberingJobContext> watcher = context -> {};
    private @Nullable Network network;
    private volatile boolean stop;
    private volatile boolean cancel;

    public RememberingJobContext(Path workspace) {
        this.workspace = workspace;
    }

    /** Calls back after each progress and each segment, on the handler's thread: the place to stop or cancel from. */
    public synchronized RememberingJobContext watch(Consumer<RememberingJobContext> watcher) {
        this.watcher = watcher;
        return this;
    }

    /** Gives the job a network, as those that read live streams have. */
    public synchronized RememberingJobContext reach(Network network) {
        this.network = network;
        return this;
    }

    public void stop() {
        stop = true;
    }

    public void cancel() {
        cancel = true;
    }

    @Override
    public Path workspace() {
        return workspace;
    }

    @Override
    public void progress(Progress made) {
        synchronized (this) {
            progress.add(made);
        }
        tell();
    }

    @Override
    public synchronized void log(String line) {
        log.add(line);
    }

    @Override
    public synchronized EarlyOutput publishEarly(Output output) {
        if (early.put(output.name(), output) != null) {
            violations.add("Early output " + output.name() + " was published twice");
        }
        if (!output.file()
                .toAbsolutePath()
                .normalize()
                .startsWith(workspace.toAbsolutePath().normalize())) {
            violations.add("Early output " + output.name() + " is outside the workspace");
        }
        segments.put(output.name(), new ArrayList<>());
        return segment -> {
            append(output, segment);
            tell();
        };
    }

    private synchronized void append(Output output, Segment segment) {
        List<Segment> before = segments.getOrDefault(output.name(), List.of());
        long end = before.isEmpty() ? 0 : before.get(before.size() - 1).range().end();
        if (segment.range().offset() < end
                || (!before.isEmpty() && segment.range().offset() != end)) {
            violations.add("Segment of %s at %d does not follow the one before, which ends at %d"
                    .formatted(output.name(), segment.range().offset(), end));
        }
        try {
            if (Files.size(output.file()) < segment.range().end()) {
                violations.add("Segment of %s ends at %d, but the file has only %d bytes"
                        .formatted(output.name(), segment.range().end(), Files.size(output.file())));
            } else {
                digests.put(segment, digest(output.file(), segment));
            }
        } catch (IOException e) {
            violations.add("Segment of %s cannot be read: %s".formatted(output.name(), e));
        }
        before.add(segment);
    }

    @Override
    public synchronized void publish(Output output) {
        published.add(output);
    }

    @Override
    public synchronized Network network() {
        return network == null ? JobContext.super.network() : network;
    }

    @Override
    public boolean stopRequested() {
        return stop;
    }

    @Override
    public boolean cancelRequested() {
        return cancel;
    }

    public synchronized List<Progress> progress() {
        return List.copyOf(progress);
    }

    public synchronized List<String> log() {
        return List.copyOf(log);
    }

    /** Early outputs in order of their announcement. */
    public synchronized List<Output> early() {
        return List.copyOf(early.values());
    }

    /** Segments appended to an early output so far. */
    public synchronized List<Segment> segments(String output) {
        return List.copyOf(segments.getOrDefault(output, List.of()));
    }

    /** Outputs handed over while the job ran. */
    public synchronized List<Output> published() {
        return List.copyOf(published);
    }

    /** What would have disturbed a viewer: segments not written yet, holes, and bytes that changed later. */
    public synchronized List<String> violations() throws IOException {
        List<String> all = new ArrayList<>(violations);
        for (Map.Entry<String, List<Segment>> entry : segments.entrySet()) {
            Path file = Objects.requireNonNull(early.get(entry.getKey())).file();
            for (Segment segment : entry.getValue()) {
                String digest = digests.get(segment);
                if (digest != null && Files.exists(file) && !digest.equals(digest(file, segment))) {
                    all.add("Segment of %s at %d changed after it was announced"
                            .formatted(entry.getKey(), segment.range().offset()));
                }
            }
        }
        return all;
    }

    private void tell() {
        Consumer<RememberingJobContext> told;
        synchronized (this) {
            told = watcher;
        }
        told.accept(this);
    }

    private static String digest(Path file, Segment segment) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(segment.range().offset());
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(in.readNBytes((int) segment.range().length()));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
