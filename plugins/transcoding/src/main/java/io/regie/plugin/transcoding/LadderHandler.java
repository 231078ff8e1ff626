package io.regie.plugin.transcoding;

import io.regie.spi.Estimate;
import io.regie.spi.JobContext;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.JobType;
import io.regie.spi.MediaInfo;
import io.regie.spi.MediaKind;
import io.regie.spi.Resources;
import io.regie.spi.Track;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;

/**
 * Makes the rungs of a video in one pass, with poster, storyboard and download.
 *
 * <ol>
 *   <li>Of what {@link CopyHandler} publishes as it is, the lower rungs, with segments where its are.
 *   <li>Of anything else all rungs, which grow side by side and can be watched meanwhile.
 * </ol>
 */
final class LadderHandler implements JobHandler {

    private static final JobType TYPE =
            JobType.essentialOnUpload("transcoding.ladder", "ladder.title", Set.of(MediaKind.VIDEO), Resources.heavy());

    @Override
    public JobType type() {
        return TYPE;
    }

    /** The caps of all rungs: rate control stays below them, so this much space is enough. */
    @Override
    public Estimate estimate(JobRequest request) {
        MediaInfo info = request.input().info();
        Duration duration = info.duration();
        if (duration == null || info.video().isEmpty()) {
            return Estimate.unknown();
        }
        long bits = Ladder.of(info).rungs().stream()
                .mapToLong(rung -> rung.encoding().maxRate())
                .sum();
        long sound = info.audio().map(Track::bitrate).orElse(0L) + AudioPlan.STEREO_BITRATE;
        return new Estimate(Math.round((bits + sound) / 8.0 * duration.toMillis() / 1000), null);
    }

    @Override
    public JobResult run(JobRequest request, JobContext context) throws JobFailedException {
        try {
            return new LadderRun(request.input(), context).run();
        } catch (UncheckedIOException e) {
            throw Failures.explain(e);
        } catch (IOException e) {
            throw Failures.explain(e);
        }
    }
}
