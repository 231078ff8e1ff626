package io.regie.ffmpeg;

import io.regie.spi.LiveSource;
import io.regie.testkit.LoopbackNetwork;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Records into a folder and remembers what it was told. */
class CaptureRun implements RecordingFiles {

    final Path folder;
    final List<RecordedPart> parts = new ArrayList<>();
    final List<Path> unfinished = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    final AtomicBoolean stop = new AtomicBoolean();
    final AtomicBoolean cancel = new AtomicBoolean();
    RecordingFormat format = RecordingFormat.MP4;
    volatile Duration stopAfter = Duration.ofDays(1);
    volatile long lost;
    volatile Duration recorded = Duration.ZERO;
    private int count;

    CaptureRun(Path folder) {
        this.folder = folder;
    }

    static LiveAddress address(URI uri) throws IOException {
        return LiveAddress.of(
                new LiveSource(uri, Map.of()),
                () -> new LoopbackNetwork(URI.create("http://127.0.0.1:" + uri.getPort())),
                SILENCE);
    }

    static final Duration SILENCE = Duration.ofSeconds(10);

    /** One connection, from where the recording stands. */
    CaptureRun record(LiveAddress address, Duration partLength) throws IOException {
        return record(address, partLength, null);
    }

    CaptureRun record(LiveAddress address, Duration partLength, @Nullable WatchedCopy watched) throws IOException {
        long start = parts.isEmpty() ? 0 : parts.get(parts.size() - 1).endMicros();
        try (LiveCapture capture = LiveCapture.connect(address, format, SILENCE, cancel::get, stop::get)) {
            log.addAll(capture.warnings());
            capture.record(this, start, partLength, watched);
        }
        return this;
    }

    Path joined() throws IOException {
        Path file = folder.resolve("joined." + format.extension());
        PartJoin.join(parts, format, file, () -> false);
        return file;
    }

    @Override
    public Path next(long startMicros) {
        return folder.resolve("part-" + ++count + ".mp4");
    }

    @Override
    public void finished(RecordedPart part) throws IOException {
        if (!Files.exists(part.file())) {
            throw new IOException("gone");
        }
        parts.add(part);
    }

    @Override
    public void unfinished(Path file, long startMicros) {
        unfinished.add(file);
    }

    @Override
    public void progress(Duration soFar, long bytes, long missing, double drift) {
        recorded = soFar;
        lost = missing;
        if (soFar.compareTo(stopAfter) >= 0) {
            stop.set(true);
        }
    }

    @Override
    public void log(String line) {
        log.add(line);
    }
}
