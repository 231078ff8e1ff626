package io.regie.plugin.recording;

import io.regie.spi.JobRequest;
import io.regie.spi.LiveSource;
import io.regie.testkit.LoopbackNetwork;
import io.regie.testkit.RememberingJobContext;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A recorder in a process of its own, to be killed. Prints how much it has recorded. */
final class RecorderProcess {

    private RecorderProcess() {}

    /** @param arguments an address, a workspace, an attempt */
    public static void main(String[] arguments) throws Exception {
        RememberingJobContext context = new RememberingJobContext(Path.of(arguments[1])).reach(new LoopbackNetwork());
        context.watch(told -> {
            if (!told.progress().isEmpty()) {
                System.out.println(told.progress()
                        .get(told.progress().size() - 1)
                        .figures()
                        .getOrDefault("duration", 0.0));
                System.out.flush();
            }
        });
        new RecordHandler()
                .run(
                        new JobRequest(
                                "job-1",
                                Integer.parseInt(arguments[2]),
                                "recording.record",
                                List.of(),
                                Map.of("partDuration", 6.0),
                                null,
                                new LiveSource(URI.create(arguments[0]), Map.of())),
                        context);
    }
}
