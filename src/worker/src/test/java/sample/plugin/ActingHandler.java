package sample.plugin;

import io.regie.spi.ByteRange;
import io.regie.spi.EarlyOutput;
import io.regie.spi.Estimate;
import io.regie.spi.FailureKind;
import io.regie.spi.JobContext;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobHandler;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.JobType;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.spi.Progress;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Behaves well or badly, as told. */
final class ActingHandler implements JobHandler {

    private final JobType type;

    ActingHandler(JobType type) {
        this.type = type;
    }

    @Override
    public JobType type() {
        return type;
    }

    @Override
    public Estimate estimate(JobRequest request) {
        return new Estimate(12_345, Duration.ofMillis(1500));
    }

    @Override
    public JobResult run(JobRequest request, JobContext context) throws Exception {
        String behaviour = (String) request.parameters().get("behaviour");
        switch (behaviour) {
            case "whole" -> {
                return whole(context);
            }
            case "halt" -> Runtime.getRuntime().halt(134);
            case "exit" -> System.exit(7);
            case "segv" ->
                new ProcessBuilder(
                                "kill",
                                "-SEGV",
                                Long.toString(ProcessHandle.current().pid()))
                        .start()
                        .waitFor();
            case "deaf" -> ignoreEverything(context);
            case "wait for cancel" -> {
                context.log("waiting");
                while (!context.cancelRequested()) {
                    Thread.sleep(60_000);
                }
            }
            case "return after cancel" -> {
                context.log("waiting");
                while (!context.cancelRequested()) {
                    Thread.onSpinWait();
                }
            }
            case "wait for stop" -> {
                context.log("waiting");
                while (!context.stopRequested()) {
                    Thread.sleep(5);
                }
                return JobResult.of(List.of(poster(context, "kept")));
            }
            case "leave threads" -> {
                Thread thread = new Thread(() -> ignoreEverything(context), "left behind");
                thread.start();
            }
            case "write outside" -> {
                Path outside = context.workspace().resolveSibling("outside.jpg");
                Files.writeString(outside, "outside");
                return JobResult.of(
                        List.of(Output.attachment("poster", outside, OutputRole.POSTER, "image/jpeg", 1, 1)));
            }
            case "swallow a defect" -> {
                try {
                    context.publish(
                            Output.attachment("poster", Path.of("missing.jpg"), OutputRole.POSTER, "image/jpeg", 1, 1));
                } catch (RuntimeException e) {
                    context.log("swallowed");
                }
            }
            case "print" -> {
                System.out.println("{\"event\":\"result\",\"result\":{\"outputs\":[],\"metadata\":{}}}");
                context.log("stdin " + System.in.read());
            }
            case "return null" -> {
                return null;
            }
            case "fail" -> throw new JobFailedException(FailureKind.EXTERNAL, "The camera does not answer.");
            case "fill the disk" -> fillTheDisk();
            case "exhaust memory" -> exhaustMemory();
            case "break" -> throw new IllegalStateException("not my day");
            case "use the host's Jackson" ->
                context.log(Class.forName("com.fasterxml.jackson.databind.ObjectMapper")
                        .getName());
            default -> throw new IllegalArgumentException(behaviour);
        }
        return JobResult.of(List.of());
    }

    private static JobResult whole(JobContext context) throws IOException {
        for (int step = 0; step <= 100; step++) {
            context.progress(Progress.of(step / 100.0, 2));
        }
        context.log("À l’œuvre\nsecond line");
        Path file = Files.write(context.workspace().resolve("v.mp4"), new byte[100]);
        Rendition begun = Rendition.video("avc1.64001f", 640, 360, 25, 500_000, new ByteRange(0, 20));
        EarlyOutput early = context.publishEarly(Output.rendition("video-360", file, begun));
        List<Segment> segments = new ArrayList<>();
        for (int index = 0; index < 3; index++) {
            Segment segment = new Segment(
                    Duration.ofSeconds(4L * index), Duration.ofSeconds(4), new ByteRange(20 + 20L * index, 20));
            early.append(segment);
            segments.add(segment);
        }
        context.publish(Output.rendition("video-360", file, begun.finished(segments)));
        return new JobResult(List.of(poster(context, "poster")), Map.of("title", "Titre"));
    }

    private static Output poster(JobContext context, String name) throws IOException {
        Path file = Files.writeString(context.workspace().resolve(name + ".jpg"), "picture");
        return Output.attachment(name, file, OutputRole.POSTER, "image/jpeg", 640, 360);
    }

    private static void ignoreEverything(JobContext context) {
        context.log("deaf");
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                never.await();
            } catch (InterruptedException e) {
                // Ignored on purpose.
            }
        }
    }

    private static void fillTheDisk() throws Exception {
        try (FileOutputStream full = new FileOutputStream("/dev/full")) {
            full.write(1);
        } catch (IOException e) {
            throw new JobFailedException(FailureKind.INTERNAL, "The encoder failed.", new IllegalStateException(e));
        }
    }

    private static void exhaustMemory() {
        List<byte[]> held = new ArrayList<>();
        while (true) {
            held.add(new byte[1 << 20]);
        }
    }
}
