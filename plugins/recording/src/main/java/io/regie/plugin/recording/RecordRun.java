package io.regie.plugin.recording;

import io.regie.ffmpeg.LiveCapture;
import io.regie.ffmpeg.PartJoin;
import io.regie.ffmpeg.RecordedPart;
import io.regie.ffmpeg.RecordingFiles;
import io.regie.ffmpeg.SourceChangedException;
import io.regie.ffmpeg.WatchedCopy;
import io.regie.spi.FailureKind;
import io.regie.spi.JobContext;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobResult;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.spi.Progress;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One run of {@link RecordHandler}. */
final class RecordRun implements RecordingFiles {

    /** A source that never answered is not worth a place for ever; the host tries the job again later. */
    private static final int FAILURES_BEFORE_ANYTHING = 5;

    private static final String LONG_ENOUGH = "The longest duration was reached.";
    private static final Duration LASTED = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 50;
    private static final long LOOK_AT_DISK_NANOS = 2_000_000_000L;

    private final Source source;
    private final Wishes wishes;
    private final JobContext context;
    // The JDK's default generator is found as a service, which a plugin's class loader sees nothing of.
    private final BackOff backOff = new BackOff(new Random());
    private final Parts parts;
    private volatile @Nullable String reason;
    private Duration recorded = Duration.ZERO;
    private long reconnects;
    private long gaps;
    private long lostBefore;
    private long lost;
    private long bytes;
    private long bytesAt;
    private long bytesThen;
    private double bitrate;
    private long lookedAtDisk;

    RecordRun(Source source, Wishes wishes, JobContext context) throws IOException {
        this.source = source;
        this.wishes = wishes;
        this.context = context;
        this.parts = Parts.in(context.workspace().resolve("parts"), context::cancelRequested);
    }

    JobResult run() throws IOException, JobFailedException, InterruptedException {
        if (!parts.finished().isEmpty()) {
            recorded = Duration.ofNanos(parts.endMicros() * 1000);
            context.log("Goes on with a recording of " + text(recorded) + ".");
        }
        if (isLongEnough()) {
            reason = LONG_ENOUGH;
        }
        requireSpace();
        EarlyRendition picture = new EarlyRendition(context, "video");
        EarlyRendition sound = new EarlyRendition(context, "audio");
        try (WatchedCopy watched = new WatchedCopy(picture.file(), picture, sound.file(), sound)) {
            record(wishes.watchable() ? watched : null);
        }
        return result();
    }

    private boolean ended() {
        return reason != null || context.stopRequested();
    }

    private void record(@Nullable WatchedCopy watched) throws IOException, JobFailedException, InterruptedException {
        while (!ended()) {
            long began = System.nanoTime();
            Duration before = recorded;
            String lostBecause = connection(watched);
            if (context.cancelRequested()) {
                throw new CancellationException();
            }
            if (ended() || lostBecause == null) {
                return;
            }
            if (recorded.minus(before).compareTo(LASTED) >= 0) {
                backOff.reset();
            }
            if (recorded.isZero() && backOff.failures() >= FAILURES_BEFORE_ANYTHING) {
                throw new JobFailedException(FailureKind.EXTERNAL, lostBecause);
            }
            long millis = lostBecause.isEmpty() ? 0 : backOff.nextMillis();
            if (!lostBecause.isEmpty()) {
                context.log(lostBecause + " Tries again in " + Math.round(millis / 1000.0) + " s.");
            }
            pause(millis);
            if (!recorded.isZero() && !ended()) {
                reconnects++;
                gaps++;
                long missing = (System.nanoTime() - began) / 1_000_000_000
                        - recorded.minus(before).toSeconds();
                context.log("A gap at " + text(recorded) + " of about " + Math.max(0, missing) + " s.");
            }
        }
    }

    /** @return why the connection was lost, empty to connect again at once, null when the source has ended for good */
    private @Nullable String connection(@Nullable WatchedCopy watched) throws IOException {
        lostBefore = lost;
        bytesThen = 0;
        try (LiveCapture capture =
                LiveCapture.connect(source.address(context), source.silence(), context::cancelRequested, this::ended)) {
            capture.warnings().forEach(context::log);
            capture.record(this, parts.endMicros(), wishes.part(), watched);
            if (ended()) {
                return null;
            }
            return capture.isFinite() ? null : "The source ended the stream.";
        } catch (CancellationException e) {
            if (context.cancelRequested()) {
                throw e;
            }
            return null;
        } catch (SourceChangedException e) {
            context.log(e.getMessage() + "; a new part begins.");
            return "";
        } catch (IOException e) {
            if (Failures.isOutOfSpace(e)) {
                reason = "The disk is full.";
                return null;
            }
            return Failures.sentence(e);
        }
    }

    private void pause(long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < until && !ended()) {
            if (context.cancelRequested()) {
                throw new CancellationException();
            }
            bitrate = 0;
            report();
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    @Override
    public Path next(long startMicros) {
        return parts.next(startMicros);
    }

    @Override
    public void finished(RecordedPart part) throws IOException {
        publish(parts.finish(part));
    }

    @Override
    public void unfinished(Path file, long startMicros) {
        if (context.cancelRequested()) {
            return;
        }
        try {
            RecordedPart saved = parts.save(file, context::cancelRequested);
            if (saved != null) {
                publish(saved);
            }
        } catch (IOException e) {
            context.log("A part could not be saved.");
        }
    }

    /** The last part of all is handed over with the whole recording, at once; copying it before would only take time. */
    private void publish(RecordedPart part) throws IOException {
        recorded = Duration.ofNanos(parts.endMicros() * 1000);
        if (ended() && !context.cancelRequested()) {
            return;
        }
        // A second name for the same bytes: they are needed again for the whole.
        Path handedOver = context.workspace().resolve("publish-" + parts.count() + ".mp4");
        Files.deleteIfExists(handedOver);
        Files.createLink(handedOver, part.file());
        context.publish(Output.attachment(
                "part-%04d".formatted(parts.count()), handedOver, OutputRole.RECORDING, "video/mp4", 0, 0));
    }

    @Override
    public void progress(Duration soFar, long received, long missing) {
        recorded = soFar;
        lost = lostBefore + missing;
        bytes = received;
        long now = System.nanoTime();
        if (bytesThen == 0 || bytesThen > bytes) {
            bytesAt = now;
            bytesThen = bytes;
        } else if (now - bytesAt >= 1_000_000_000) {
            bitrate = (bytes - bytesThen) * 8e9 / (now - bytesAt);
            bytesAt = now;
            bytesThen = bytes;
        }
        report();
        if (isLongEnough() && reason == null) {
            reason = LONG_ENOUGH;
        }
        if (now - lookedAtDisk >= LOOK_AT_DISK_NANOS) {
            lookedAtDisk = now;
            if (isNearlyFull() && reason == null) {
                reason = "The disk is nearly full.";
            }
        }
    }

    private boolean isLongEnough() {
        return !wishes.longest().isZero() && recorded.compareTo(wishes.longest()) >= 0;
    }

    private void report() {
        context.progress(Progress.endless(Map.of(
                "duration",
                recorded.toMillis() / 1000.0,
                "bitrate",
                bitrate,
                "lost",
                (double) lost,
                "reconnects",
                (double) reconnects)));
    }

    @Override
    public void log(String line) {
        context.log(line);
    }

    private boolean isNearlyFull() {
        try {
            FileStore disk = Files.getFileStore(context.workspace());
            return disk.getUsableSpace() < disk.getTotalSpace() * wishes.floor();
        } catch (IOException e) {
            return false;
        }
    }

    private void requireSpace() throws JobFailedException {
        if (parts.finished().isEmpty() && isNearlyFull()) {
            throw new JobFailedException(FailureKind.RESOURCES, "There is too little space on the disk to record.");
        }
    }

    private JobResult result() throws IOException, JobFailedException {
        String why = reason;
        if (why != null) {
            context.log(why);
        }
        if (parts.finished().isEmpty()) {
            throw new JobFailedException(FailureKind.EXTERNAL, "Nothing was recorded: the source sent no picture.");
        }
        List<Output> outputs = new ArrayList<>();
        for (List<RecordedPart> run : parts.runs(context::cancelRequested)) {
            String name = outputs.isEmpty() ? "recording" : "recording-" + (outputs.size() + 1);
            outputs.add(Output.newArticle(name, whole(run, name), OutputRole.RECORDING, "video/mp4"));
        }
        report();
        return new JobResult(
                outputs,
                Map.of(
                        "duration", Double.toString(recorded.toMillis() / 1000.0),
                        "parts", Integer.toString(parts.finished().size()),
                        "gaps", Long.toString(gaps),
                        "reason", why == null ? "" : why));
    }

    private Path whole(List<RecordedPart> run, String name) throws IOException {
        if (run.size() == 1) {
            return run.get(0).file();
        }
        Path file = context.workspace().resolve(name + ".mp4");
        PartJoin.join(run, file, () -> {
            report();
            return context.cancelRequested();
        });
        return file;
    }

    private static String text(Duration duration) {
        return "%d:%02d:%02d".formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }
}
