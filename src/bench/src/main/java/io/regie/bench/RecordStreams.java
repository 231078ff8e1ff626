package io.regie.bench;

import io.regie.ffmpeg.LiveAddress;
import io.regie.ffmpeg.LiveCapture;
import io.regie.ffmpeg.RecordedPart;
import io.regie.ffmpeg.RecordingFiles;
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

/** A process that records some streams, each on a thread, until they end. */
final class RecordStreams implements RecordingFiles {

    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final Path file;

    private RecordStreams(Path file) {
        this.file = file;
    }

    /** @param arguments an address, a folder, how many */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        LiveAddress address =
                LiveAddress.of(new LiveSource(URI.create(arguments[0]), Map.of()), LoopbackNetwork::new, SILENCE);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            RecordStreams files = new RecordStreams(folder.resolve(i + ".mp4"));
            Thread thread = new Thread(() -> files.record(address));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Runtime.getRuntime().halt(0);
    }

    private void record(LiveAddress address) {
        try (LiveCapture capture = LiveCapture.connect(address, SILENCE, () -> false, () -> false)) {
            capture.record(this, 0, Duration.ZERO, null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Path next(long startMicros) {
        return file;
    }

    @Override
    public void finished(RecordedPart part) {}

    @Override
    public void unfinished(Path unfinished, long startMicros) {
        throw new IllegalStateException("Not finished");
    }

    @Override
    public void progress(Duration recorded, long bytes, long lost) {}

    @Override
    public void log(String line) {}
}
