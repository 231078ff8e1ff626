package io.regie.plugin.recording;

import io.regie.ffmpeg.LiveLook;
import io.regie.spi.JobContext;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.JobType;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.spi.Progress;
import io.regie.spi.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Looks at a live stream for some seconds and says how well it can be recorded. */
final class CheckHandler implements JobHandler {

    /** Less is lost when a recorder is killed; more is no fault, but worth a warning. */
    private static final double GOOD_SPACING_SECONDS = 4;

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(20);
    private static final JobType TYPE = JobType.onLiveStreamCheck("recording.check", "check.title", Resources.light());

    @Override
    public JobType type() {
        return TYPE;
    }

    @Override
    public JobResult run(JobRequest request, JobContext context) throws JobFailedException {
        Source source = Source.of(request);
        Path snapshot = context.workspace().resolve("snapshot.jpg");
        context.progress(Progress.of(0));
        try {
            LiveLook look = LiveLook.at(
                    source.address(context),
                    source.silence(),
                    LONGEST_LOOK,
                    snapshot,
                    context::cancelRequested,
                    context::stopRequested);
            context.progress(Progress.of(1));
            look.warnings().forEach(context::log);
            List<Output> outputs = look.snapshot()
                    .map(size -> Output.attachment(
                            "snapshot", snapshot, OutputRole.POSTER, "image/jpeg", size.width(), size.height()))
                    .map(List::of)
                    .orElse(List.of());
            return new JobResult(outputs, facts(look));
        } catch (IOException e) {
            throw Failures.forGood(e);
        }
    }

    private static Map<String, String> facts(LiveLook look) {
        Map<String, String> facts = new TreeMap<>();
        look.video().ifPresent(video -> {
            facts.put("video", video.codec());
            facts.put("size", video.width() + "x" + video.height());
            facts.put("frameRate", String.format(Locale.ROOT, "%.2f", video.frameRate()));
        });
        look.audio().ifPresent(audio -> facts.put("audio", audio));
        double spacing = look.keyFrameSpacing();
        if (spacing > 0) {
            facts.put("keyFrameSpacing", String.format(Locale.ROOT, "%.2f", spacing));
        }
        facts.put("verdict", spacing <= 0 ? "unknown" : spacing <= GOOD_SPACING_SECONDS ? "ok" : "long");
        return facts;
    }
}
