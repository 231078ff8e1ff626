package io.regie.plugin.recording;

import io.regie.spi.JobContext;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.JobType;
import io.regie.spi.Parameter;
import io.regie.spi.Resources;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/**
 * Records a live stream until it is stopped.
 *
 * <ol>
 *   <li>What an earlier attempt left is picked up; a part that was being written is saved up to its last fragment.
 *   <li>Connects, and whenever the source is lost, connects again. Each part that is closed is published at once.
 *   <li>Told to stop, at the longest duration, or when the disk is nearly full: joins the parts into one file.
 * </ol>
 */
final class RecordHandler implements JobHandler {

    private static final double WEEK = 7 * 24 * 3600;
    private static final JobType TYPE = JobType.onLiveStream(
            "recording.record",
            "record.title",
            true,
            List.of(
                    Parameter.choice("container", "record.container", Wishes.CONTAINERS.get(0), Wishes.CONTAINERS),
                    duration("maxDuration", "record.maxDuration", 0),
                    duration("partDuration", "record.partDuration", 600),
                    Parameter.number("floor", "record.floor", 5.0, 0, 90),
                    Parameter.flag("watchable", "record.watchable", true)),
            Resources.light());

    private static Parameter duration(String name, String label, double fallback) {
        return new Parameter(name, Parameter.Type.DURATION, label, fallback, 0d, WEEK, List.of());
    }

    @Override
    public JobType type() {
        return TYPE;
    }

    @Override
    public JobResult run(JobRequest request, JobContext context) throws JobFailedException, InterruptedException {
        try {
            return new RecordRun(Source.of(request), Wishes.of(request.parameters()), context, InstantSource.system())
                    .run();
        } catch (IOException e) {
            throw Failures.explain(e);
        }
    }
}
