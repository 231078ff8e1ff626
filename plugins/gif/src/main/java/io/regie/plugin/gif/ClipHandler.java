package io.regie.plugin.gif;

import io.regie.ffmpeg.ClipWriter;
import io.regie.ffmpeg.RefusedMediaException;
import io.regie.spi.Estimate;
import io.regie.spi.JobContext;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.JobType;
import io.regie.spi.MediaFile;
import io.regie.spi.MediaInfo;
import io.regie.spi.MediaKind;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.spi.Parameter;
import io.regie.spi.Progress;
import io.regie.spi.Resources;
import io.regie.spi.Track;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleConsumer;

/** Cuts a piece out of a video or sound, and makes an article of it. */
final class ClipHandler implements JobHandler {

    private static final String MODE = "mode";
    private static final String EXACT = "exact";
    private static final String FAST = "fast";

    private static final JobType TYPE = JobType.onDemand(
            "gif.clip",
            "clip.title",
            Set.of(MediaKind.VIDEO, MediaKind.AUDIO),
            List.of(
                    new Parameter(
                            Range.PARAMETER, Parameter.Type.TIME_RANGE, "clip.range", null, null, null, List.of()),
                    Parameter.choice(MODE, "clip.mode", EXACT, List.of(EXACT, FAST))),
            Resources.heavy());

    /** Measured: what the encoder spends on a pixel at this quality, and how many it does in a second. */
    private static final double BITS_PER_PIXEL = 0.18;

    private static final double PIXELS_PER_SECOND = 20e6;
    private static final double SOUND_BITRATE = 192_000;

    @Override
    public JobType type() {
        return TYPE;
    }

    @Override
    public JobResult run(JobRequest request, JobContext context) throws JobFailedException {
        MediaFile original = request.input();
        Range range = Range.of(request);
        boolean video = original.info().video().isPresent();
        Path file = context.workspace().resolve(video ? "clip.mp4" : "clip.m4a");
        try {
            cut(original, range, isFast(request), file, context);
        } catch (RefusedMediaException e) {
            throw Failures.explain(e);
        } catch (IOException e) {
            throw Failures.explain(e);
        }
        return JobResult.of(
                List.of(Output.newArticle("clip", file, OutputRole.CLIP, video ? "video/mp4" : "audio/mp4")));
    }

    private static void cut(MediaFile original, Range range, boolean fast, Path file, JobContext context)
            throws RefusedMediaException, IOException {
        DoubleConsumer position = progress(range, context);
        if (!fast) {
            ClipWriter.exact(original, range.start(), range.end(), file, position, context::cancelRequested);
            return;
        }
        ClipWriter.Clip clip =
                ClipWriter.fast(original, range.start(), range.end(), file, position, context::cancelRequested);
        if (clip.hiddenSeconds() > 0) {
            context.log(
                    "Copied from the previous key frame: %.2f s before the beginning are not shown, but are in the file."
                            .formatted(clip.hiddenSeconds()));
        }
    }

    private static DoubleConsumer progress(Range range, JobContext context) {
        long begun = System.nanoTime();
        long[] last = {begun - 1_000_000_000L};
        return seconds -> {
            long now = System.nanoTime();
            // Once a packet would be a flood of lines.
            if (now - last[0] >= 200_000_000L) {
                last[0] = now;
                double elapsed = Math.max((now - begun) / 1e9, 1e-3);
                context.progress(Progress.of(Math.min(0.99, seconds / range.seconds()), seconds / elapsed));
            }
        };
    }

    private static boolean isFast(JobRequest request) {
        return FAST.equals(request.parameters().get(MODE));
    }

    @Override
    public Estimate estimate(JobRequest request) {
        MediaInfo info = request.input().info();
        double seconds;
        try {
            seconds = Range.of(request).seconds();
        } catch (JobFailedException e) {
            return Estimate.unknown();
        }
        if (isFast(request)) {
            return new Estimate(
                    info.bitrate() > 0 ? Math.round(info.bitrate() / 8.0 * seconds) : -1, Duration.ofSeconds(1));
        }
        double pixels = info.video()
                .map(track -> (double) track.width() * track.height() * rate(track))
                .orElse(0.0);
        double bits = pixels * BITS_PER_PIXEL + (info.audio().isPresent() ? SOUND_BITRATE : 0);
        double work = 1 + seconds * pixels / PIXELS_PER_SECOND + seconds / 100;
        return new Estimate(Math.round(bits / 8 * seconds), Duration.ofMillis(Math.round(work * 1000)));
    }

    private static double rate(Track track) {
        return track.frameRate() > 0 ? track.frameRate() : 25;
    }
}
