package io.regie.plugin.recording;

import io.regie.ffmpeg.LiveCapture;
import io.regie.ffmpeg.PartJoin;
import io.regie.ffmpeg.RecordedPart;
import io.regie.ffmpeg.RecordingFiles;
import io.regie.ffmpeg.SavedPart;
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
import java.time.Instant;
import java.time.InstantSource;
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

    private static final String FULL = "The disk is full.";
    private static final String LONG_ENOUGH = "The longest duration was reached.";
    private static final Duration LASTED = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 50;
    private static final long LOOK_AT_DISK_NANOS = 2_000_000_000L;

    private final Source source;
    private final Wishes wishes;
    private final JobContext context;
    // The JDK's default generator is found as a service, which a plugin's class loader sees nothing of.
    private final BackOff backOff = new BackOff(new Random());
    private final InstantSource clock;
    private final Parts parts;
    private final Gaps gaps;
    private final FileStore disk;
    private volatile @Nullable String reason;
    private Duration recorded = Duration.ZERO;
    private Instant lastRecorded;
    private long reconnects;
    private double drift;
    private long lostBefore;
    private long lost;
    private long bytes;
    private long bytesAt;
    private long bytesThen;
    private double bitrate;
    private long lookedAtDisk;

    RecordRun(Source source, Wishes wishes, JobContext context, InstantSource clock) throws IOException {
        this.source = source;
        this.wishes = wishes;
        this.context = context;
        this.clock = clock;
        Path folder = context.workspace().resolve("parts");
        this.lastRecorded = Parts.lastWritten(folder).orElseGet(clock::instant);
        this.parts = Parts.in(folder, wishes.format(), context::cancelRequested);
        this.gaps = Gaps.in(context.workspace().resolve("gaps"));
        this.disk = Files.getFileStore(context.workspace());
    }

    JobResult run() throws IOException, JobFailedException, InterruptedException {
        if (!parts.finished().isEmpty()) {
            recorded = Duration.ofNanos(parts.endMicros() * 1000);
            context.log("Goes on with a recording of " + text(recorded) + ".");
            gaps.interrupted(lastRecorded);
        }
        if (isLongEnough()) {
            reason = LONG_ENOUGH;
        }
        requireSpace();
        EarlyRendition picture = new EarlyRendition(context, "video");
        EarlyRendition sound = new EarlyRendition(context, "audio");
        try (WatchedCopy watched = new WatchedCopy(picture.file(), picture, sound.file(), sound)) {
            if (wishes.watchable() && !parts.finished().isEmpty()) {
                watched.resume(parts.finished(), context::cancelRequested);
            }
            record(wishes.watchable() ? watched : null);
        }
        if (FULL.equals(reason) || isNearlyFull()) {
            // What people watched is as large as what is to be joined.
            Files.deleteIfExists(picture.file());
            Files.deleteIfExists(sound.file());
        }
        return result();
    }

    private boolean ended() {
        return reason != null || context.stopRequested();
    }

    private void record(@Nullable WatchedCopy watched) throws IOException, JobFailedException, InterruptedException {
        while (!ended()) {
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
            if (!recorded.isZero()) {
                gaps.lost(lastRecorded, lostBecause.isEmpty() ? "The source changed." : lostBecause);
            }
            pause(millis);
        }
    }

    /** @return why the connection was lost, empty to connect again at once, null when the source has ended for good */
    private @Nullable String connection(@Nullable WatchedCopy watched) throws IOException {
        lostBefore = lost;
        bytesThen = 0;
        try (LiveCapture capture = LiveCapture.connect(
                source.address(context), wishes.format(), source.silence(), context::cancelRequested, this::ended)) {
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
                reason = FULL;
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
        Path handedOver = context.workspace()
                .resolve("publish-" + parts.count() + "." + wishes.format().extension());
        Files.deleteIfExists(handedOver);
        Files.createLink(handedOver, part.file());
        context.publish(Output.attachment(
                "part-%04d".formatted(parts.count()),
                handedOver,
                OutputRole.RECORDING,
                wishes.format().mediaType(),
                0,
                0));
    }

    @Override
    public void progress(Duration soFar, long received, long missing, double clockDrift) {
        if (soFar.compareTo(recorded) > 0) {
            regained();
        }
        recorded = soFar;
        lost = lostBefore + missing;
        drift = clockDrift;
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

    private void regained() {
        Instant now = clock.instant();
        lastRecorded = now;
        try {
            Gaps.Gap gap = gaps.regained(recorded, now);
            if (gap != null) {
                reconnects++;
                context.log("A gap at " + text(gap.at()) + " of "
                        + Math.round(gap.lasted().toMillis() / 1000.0) + " s: " + gap.reason());
            }
        } catch (IOException e) {
            context.log("A gap could not be noted.");
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
                (double) reconnects,
                "drift",
                drift,
                "gaps",
                (double) gaps.count())));
    }

    @Override
    public void log(String line) {
        context.log(line);
    }

    private boolean isNearlyFull() {
        try {
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
            for (Path file : whole(run, outputs.size())) {
                String name = outputs.isEmpty() ? "recording" : "recording-" + (outputs.size() + 1);
                outputs.add(Output.newArticle(
                        name, file, OutputRole.RECORDING, wishes.format().mediaType()));
            }
        }
        report();
        return new JobResult(
                outputs,
                Map.of(
                        "duration", Double.toString(recorded.toMillis() / 1000.0),
                        "parts", Integer.toString(parts.finished().size()),
                        "gaps", Integer.toString(gaps.count()),
                        "gapList", gaps.json(),
                        "reason", why == null ? "" : why));
    }

    /** @return one file, or all of them when there is no room for another */
    private List<Path> whole(List<RecordedPart> run, int number) throws IOException {
        Path only = run.get(0).file();
        if (run.size() == 1 && SavedPart.isOrdinary(only, context::cancelRequested)) {
            return List.of(only);
        }
        if (hasRoomFor(run)) {
            Path file = context.workspace()
                    .resolve("whole-" + number + "." + wishes.format().extension());
            try {
                PartJoin.join(run, wishes.format(), file, () -> {
                    report();
                    return context.cancelRequested();
                });
                return List.of(file);
            } catch (IOException e) {
                if (!Failures.isOutOfSpace(e)) {
                    throw e;
                }
            }
        }
        context.log("There is no room to join the parts; each becomes an article of its own.");
        return run.stream().map(RecordedPart::file).toList();
    }

    private boolean hasRoomFor(List<RecordedPart> run) throws IOException {
        long left = disk.getUsableSpace()
                - run.stream().mapToLong(RecordedPart::bytes).sum();
        return left > disk.getTotalSpace() * wishes.floor() / 2;
    }

    private static String text(Duration duration) {
        return "%d:%02d:%02d".formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }
}
