package io.regie.plugin.gif;

import io.regie.ffmpeg.Animation;
import io.regie.ffmpeg.AnimationFormat;
import io.regie.ffmpeg.AnimationSettings;
import io.regie.ffmpeg.AnimationSettings.Look;
import io.regie.ffmpeg.RefusedMediaException;
import io.regie.spi.JobContext;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.JobType;
import io.regie.spi.MediaInfo;
import io.regie.spi.MediaKind;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.spi.Resources;
import io.regie.spi.Trigger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Makes the silent loop that lists show when somebody points at a video. */
final class PreviewHandler implements JobHandler {

    private static final double SECONDS = 3;
    private static final int WIDTH = 320;
    private static final long MAX_BYTES = 150_000;

    /** Where most films have begun and nothing is given away yet. */
    private static final double PLACE = 0.2;

    private static final JobType TYPE = new JobType(
            "gif.preview",
            "preview.title",
            Set.of(MediaKind.VIDEO),
            Trigger.UPLOADED,
            false,
            false,
            List.of(),
            Resources.heavy());

    @Override
    public JobType type() {
        return TYPE;
    }

    @Override
    public JobResult run(JobRequest request, JobContext context) throws JobFailedException {
        Range range = range(request.input().info());
        AnimationSettings settings = AnimationSettings.of(AnimationFormat.MP4)
                .look(Look.SMALLEST)
                .maxWidth(WIDTH)
                .budget(MAX_BYTES);
        Path file = context.workspace().resolve("preview.mp4");
        try {
            Animation.Written written = Animation.ofRange(
                    request.input(), range.start(), range.end(), settings, file, AnimationHandler.watch(context));
            return JobResult.of(List.of(Output.attachment(
                    "preview", file, OutputRole.PREVIEW, "video/mp4", written.width(), written.height())));
        } catch (RefusedMediaException e) {
            // Nobody asked for it, and the video plays without.
            context.log("There is no preview: " + e.getMessage());
            return JobResult.of(List.of());
        } catch (IOException e) {
            throw Failures.explain(e);
        }
    }

    static Range range(MediaInfo info) {
        Duration duration = info.duration();
        double seconds = duration == null ? 0 : duration.toNanos() / 1e9;
        double start = Math.max(0, Math.min(seconds * PLACE, seconds - SECONDS));
        return new Range(start, seconds > 0 ? Math.min(seconds, start + SECONDS) : SECONDS);
    }
}
