package io.regie.plugin.gif;

import io.regie.ffmpeg.Animation;
import io.regie.ffmpeg.AnimationSettings;
import io.regie.ffmpeg.RefusedMediaException;
import io.regie.spi.Estimate;
import io.regie.spi.JobContext;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.JobType;
import io.regie.spi.MediaKind;
import io.regie.spi.Parameter;
import io.regie.spi.Progress;
import io.regie.spi.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Makes a GIF, a silent MP4 loop or an animated WebP of a range of a video. */
final class AnimationHandler implements JobHandler {

    private static final JobType TYPE = JobType.onDemand(
            "gif.animation",
            "animation.title",
            Set.of(MediaKind.VIDEO),
            List.of(
                    new Parameter(
                            Range.PARAMETER,
                            Parameter.Type.TIME_RANGE,
                            "animation.range",
                            null,
                            null,
                            (double) AnimationSettings.MAX_SECONDS,
                            List.of()),
                    Wishes.format(),
                    Wishes.quality(),
                    Wishes.width(),
                    Wishes.rate(),
                    Wishes.speed(),
                    Wishes.boomerang(),
                    Wishes.loops(),
                    Wishes.caption(),
                    Wishes.budget(),
                    Wishes.result()),
            Resources.heavy());

    @Override
    public JobType type() {
        return TYPE;
    }

    @Override
    public Estimate estimate(JobRequest request) {
        try {
            return AnimationEstimate.ofRange(request.input().info(), Range.of(request), new Wishes(request).settings());
        } catch (JobFailedException e) {
            return Estimate.unknown();
        }
    }

    @Override
    public JobResult run(JobRequest request, JobContext context) throws JobFailedException {
        Range range = Range.of(request);
        range.requireAtMost(AnimationSettings.MAX_SECONDS);
        Wishes wishes = new Wishes(request);
        boolean article = wishes.isArticle();
        Path file = wishes.file(context.workspace());
        try {
            Animation.Written written = Animation.ofRange(
                    request.input(), range.start(), range.end(), wishes.settings(), file, watch(context));
            return JobResult.of(List.of(MadeAnimation.output(wishes, file, written, article)));
        } catch (RefusedMediaException e) {
            throw Failures.explain(e);
        } catch (IOException e) {
            throw Failures.explain(e);
        }
    }

    static Animation.Watch watch(JobContext context) {
        return new Animation.Watch(
                context::cancelRequested, fraction -> context.progress(Progress.of(fraction)), state -> {});
    }
}
