package io.regie.plugin.transcoding;

import io.regie.spi.JobContext;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.JobType;
import io.regie.spi.MediaKind;
import io.regie.spi.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/**
 * Publishes what browsers can play already as it is, within seconds and for any length. A job of its own, so that it waits
 * for no other film's ladder; {@link LadderHandler} makes the rest.
 */
final class CopyHandler implements JobHandler {

    private static final JobType TYPE =
            JobType.essentialOnUpload("transcoding.copy", "copy.title", Set.of(MediaKind.VIDEO), Resources.light());

    @Override
    public JobType type() {
        return TYPE;
    }

    @Override
    public JobResult run(JobRequest request, JobContext context) throws JobFailedException {
        try {
            LadderChoice choice = LadderChoice.of(request.input(), context::cancelRequested);
            if (choice.copied() == null) {
                context.log("There is nothing to copy: the video is encoded anew.");
            } else {
                SoundTracks sound = new SoundTracks(AudioPlan.of(request.input().info()), context);
                PublishedRendition video =
                        new PublishedRendition(context, choice.copied().outputName(), true);
                new CopyRun(request.input(), choice.copied(), context).write(video.file(), video, sound::first, 1);
            }
            return JobResult.of(List.of());
        } catch (UncheckedIOException e) {
            throw Failures.explain(e);
        } catch (IOException e) {
            throw Failures.explain(e);
        }
    }
}
