package io.regie.plugin.transcoding;

import io.regie.ffmpeg.Probe;
import io.regie.ffmpeg.ProbeLimits;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.MediaFile;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import io.regie.testkit.RememberingJobContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What came out of handlers' runs over one original. */
record HandlerRun(List<RememberingJobContext> contexts, List<Output> outputs) {

    static HandlerRun of(JobHandler handler, Path original, Path workspace, Map<String, Object> parameters)
            throws Exception {
        Files.createDirectories(workspace);
        RememberingJobContext context = new RememberingJobContext(workspace.toRealPath());
        MediaFile file = new MediaFile(original, Probe.probe(original, ProbeLimits.standard()));
        JobRequest request = new JobRequest("job-1", 1, handler.type().id(), List.of(file), parameters, null);
        List<Output> outputs = new ArrayList<>(handler.run(request, context).outputs());
        outputs.addAll(0, context.published());
        return new HandlerRun(List.of(context), outputs);
    }

    /** All that the upload of a video starts; no output of one is another's. */
    static HandlerRun ladder(Path original, Path workspace) throws Exception {
        HandlerRun copy = of(new CopyHandler(), original, workspace.resolve("copy"), Map.of());
        HandlerRun ladder = of(new LadderHandler(), original, workspace.resolve("ladder"), Map.of());
        return new HandlerRun(concat(copy.contexts, ladder.contexts), concat(copy.outputs, ladder.outputs));
    }

    private static <T> List<T> concat(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    static HandlerRun audio(Path original, Path workspace) throws Exception {
        return of(new AudioHandler(), original, workspace, Map.of());
    }

    List<String> early() {
        return contexts.stream()
                .flatMap(context -> context.early().stream())
                .map(Output::name)
                .toList();
    }

    List<String> log() {
        return contexts.stream().flatMap(context -> context.log().stream()).toList();
    }

    List<String> violations() throws IOException {
        List<String> violations = new ArrayList<>();
        for (RememberingJobContext context : contexts) {
            violations.addAll(context.violations());
        }
        return violations;
    }

    List<String> names() {
        return outputs.stream().map(Output::name).toList();
    }

    List<String> renditions() {
        return outputs.stream()
                .filter(output -> output.role() == OutputRole.RENDITION)
                .map(Output::name)
                .sorted()
                .toList();
    }

    Output output(String name) {
        return outputs.stream()
                .filter(output -> output.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + name + " in " + names()));
    }

    Rendition rendition(String name) {
        return Objects.requireNonNull(output(name).rendition());
    }

    List<Duration> starts(String name) {
        return rendition(name).segments().stream().map(Segment::start).toList();
    }
}
