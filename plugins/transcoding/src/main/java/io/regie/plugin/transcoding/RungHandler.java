package io.regie.plugin.transcoding;

import io.regie.ffmpeg.FFmpegException;
import io.regie.ffmpeg.SegmentPlan;
import io.regie.ffmpeg.Source;
import io.regie.ffmpeg.TranscodePass;
import io.regie.spi.FailureKind;
import io.regie.spi.JobContext;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.JobType;
import io.regie.spi.MediaFile;
import io.regie.spi.MediaKind;
import io.regie.spi.Parameter;
import io.regie.spi.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes one rung of a video again, with segments where those of the other rungs are. */
final class RungHandler implements JobHandler {

    private static final String HEIGHT = "height";
    private static final JobType TYPE = JobType.onDemand(
            "transcoding.rung",
            "rung.title",
            Set.of(MediaKind.VIDEO),
            List.of(Parameter.number(HEIGHT, "rung.height", null, 2, 8192)),
            Resources.heavy());

    @Override
    public JobType type() {
        return TYPE;
    }

    @Override
    public JobResult run(JobRequest request, JobContext context) throws JobFailedException {
        if (!(request.parameters().get(HEIGHT) instanceof Number wanted)) {
            throw new JobFailedException(FailureKind.BAD_INPUT, "The height of the quality is missing.");
        }
        int height = wanted.intValue();
        try {
            LadderChoice choice = LadderChoice.of(request.input(), context::cancelRequested);
            Rung rung = choice.ladder().find(height).orElseThrow(() -> unknown(height, choice.ladder()));
            PublishedRendition video = new PublishedRendition(context, rung.outputName(), false);
            if (rung.equals(choice.copied())) {
                new CopyRun(request.input(), rung, context).write(video.file(), video, pass -> {}, 1);
            } else {
                encode(request.input(), rung, choice, video, context);
            }
            return JobResult.of(List.of());
        } catch (UncheckedIOException e) {
            throw Failures.explain(e);
        } catch (IOException e) {
            throw Failures.explain(e);
        }
    }

    private static void encode(
            MediaFile original, Rung rung, LadderChoice choice, PublishedRendition video, JobContext context)
            throws FFmpegException {
        SegmentPlan plan =
                choice.copied() == null ? SegmentPlan.grid() : new CopyRun(original, choice.copied(), context).plan();
        try (Source source = Source.open(original, context::cancelRequested);
                TranscodePass pass = TranscodePass.of(source, plan, context::cancelRequested)) {
            pass.encodeVideo(rung.encoding(), video.file(), video);
            pass.run(new PassProgress(context, source.seconds(), 0, 1));
        }
    }

    private static JobFailedException unknown(int height, Ladder ladder) {
        String heights = ladder.rungs().stream()
                .map(rung -> Integer.toString(rung.height()))
                .collect(Collectors.joining(", "));
        return new JobFailedException(
                FailureKind.BAD_INPUT, "This video has no quality " + height + ", only " + heights + ".");
    }
}
