package io.regie.testplugin;

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
import io.regie.spi.MediaFile;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.spi.Progress;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

final class ActingHandler implements JobHandler {
    private static final CountDownLatch WRITTEN = new CountDownLatch(1);

    private final JobType type;

    ActingHandler(JobType type) {
        this.type = type;
    }

    @Override
    public JobType type() {
        return type;
    }

    @Override
    public JobResult run(JobRequest request, JobContext context) throws Exception {
        String with = (String) request.parameters().get("with");
        switch ((String) request.parameters().get("act")) {
            case "grow":
                return grow(context);
            case "crash":
                signalItself();
                return hang();
            case "halt":
                Runtime.getRuntime().halt(134);
                return hang();
            case "crash-once":
                if (request.attempt() == 1) {
                    Runtime.getRuntime().halt(134);
                }
                return poster(context, "poster");
            case "hang":
                new ProcessBuilder("sleep", "600").inheritIO().start();
                context.log("hanging");
                return hang();
            case "leak":
                new ProcessBuilder("sh", "-c", "head -c 600M /dev/zero | tail | sleep 600").start();
                return hang();
            case "threads":
                for (int i = 0; i < 20; i++) {
                    new Thread(ActingHandler::hang).start();
                }
                return poster(context, "poster");
            case "link":
                Files.createSymbolicLink(context.workspace().resolve("poster.jpg"), Path.of(with));
                return poster("poster", context.workspace().resolve("poster.jpg"));
            case "outside":
                return poster("poster", Path.of(with));
            case "bad-input":
                throw new JobFailedException(FailureKind.BAD_INPUT, "This is not what it should be.");
            case "external":
                throw new JobFailedException(FailureKind.EXTERNAL, "Nobody answers.");
            case "defect":
                throw new IllegalStateException("a defect");
            case "slow":
                return slow(context);
            case "film":
                System.err.println("native " + request.source().uri());
                context.log("in process " + ProcessHandle.current().pid());
                return slow(context);
            case "article":
                return article(request, context);
            case "write-later":
                return writeLater(context);
            case "await-writing":
                WRITTEN.await();
                return poster(context, "poster");
            case "snoop":
                return snoop(context, with);
            case "tell":
                context.log("it is " + with);
                System.err.println("native " + with);
                throw new JobFailedException(FailureKind.BAD_INPUT, "The key " + with + " is wrong.");
            case "resume":
                return resume(request, context);
            case "keep-trying":
                return keepTrying(request, context);
            default:
                return poster(context, "poster");
        }
    }

    /** As much as there are inputs. */
    @Override
    public Estimate estimate(JobRequest request) {
        if ("halt".equals(request.parameters().get("act"))) {
            Runtime.getRuntime().halt(134);
        }
        return new Estimate(1000L * request.inputs().size(), Duration.ofMillis(1500));
    }

    /** Writes down the inputs in their order. */
    private static JobResult article(JobRequest request, JobContext context) throws IOException {
        Path file = context.workspace().resolve("notes.vtt");
        for (MediaFile input : request.inputs()) {
            Files.write(file, Files.readAllBytes(input.path()), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        return JobResult.of(List.of(Output.newArticle("notes", file, OutputRole.CLIP, "text/vtt")));
    }

    private static void signalItself() throws IOException {
        new ProcessBuilder(
                        "kill", "-SEGV", Long.toString(ProcessHandle.current().pid()))
                .start();
    }

    private static JobResult hang() {
        while (true) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                // The point of it.
            }
        }
    }

    private static JobResult grow(JobContext context) throws Exception {
        Path file = context.workspace().resolve("video.mp4");
        Files.write(file, new byte[100]);
        Rendition facts = Rendition.video("avc1.64001f", 320, 180, 25, 100_000, new ByteRange(0, 100));
        EarlyOutput growing = context.publishEarly(Output.rendition("video-180", file, facts));
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Files.write(file, new byte[1000], StandardOpenOption.APPEND);
            Segment segment = new Segment(
                    Duration.ofSeconds(4L * i), Duration.ofSeconds(4), new ByteRange(100 + 1000L * i, 1000));
            segments.add(segment);
            growing.append(segment);
            context.progress(Progress.of((i + 1) / 3.0, 2));
        }
        Path poster = Files.write(context.workspace().resolve("early.jpg"), new byte[] {1, 2, 3});
        context.publish(Output.attachment("poster", poster, OutputRole.POSTER, "image/jpeg", 320, 180));
        context.log("grown");
        return new JobResult(
                List.of(Output.rendition("video-180", file, facts.finished(segments))), Map.of("title", "Grown"));
    }

    /** The first attempt is lost; any other only ends well because it is told to stop. */
    private static JobResult keepTrying(JobRequest request, JobContext context) throws Exception {
        if (request.attempt() == 1) {
            throw new JobFailedException(FailureKind.EXTERNAL, "Nobody answers.");
        }
        return slow(context);
    }

    /** Hands over a file and changes it when it is somebody else's. */
    private static JobResult writeLater(JobContext context) throws IOException {
        JobResult result = poster(context, "poster");
        Path workspace = context.workspace();
        FileChannel open = FileChannel.open(workspace.resolve("poster.jpg"), StandardOpenOption.WRITE);
        Thread writing = new Thread(() -> {
            try (open) {
                while (Files.exists(workspace)) {
                    Thread.sleep(5);
                }
                open.write(ByteBuffer.wrap(new byte[] {9, 9}));
                WRITTEN.countDown();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        writing.start();
        return result;
    }

    private static JobResult slow(JobContext context) throws Exception {
        for (int i = 1; !context.stopRequested() && i <= 3000; i++) {
            if (context.cancelRequested()) {
                throw new InterruptedException();
            }
            context.progress(Progress.of(Math.min(0.9, i / 100.0), 1.5));
            Thread.sleep(20);
        }
        return poster(context, "poster");
    }

    private static JobResult resume(JobRequest request, JobContext context) throws Exception {
        Path kept = context.workspace().resolve("kept");
        if (request.attempt() == 1) {
            Files.writeString(kept, "from the first attempt");
            Path first = Files.write(context.workspace().resolve("first.jpg"), new byte[] {1});
            context.publish(Output.attachment("first", first, OutputRole.POSTER, "image/jpeg", 1, 1));
            Runtime.getRuntime().halt(134);
        }
        String before = request.previous().orElseThrow().published().get(0).name();
        Path found = context.workspace().resolve("found.jpg");
        Files.writeString(found, before + " " + Files.readString(kept));
        return poster("second", found);
    }

    /** Writes down what a worker can see and do. */
    private static JobResult snoop(JobContext context, String data) throws Exception {
        List<String> seen = new ArrayList<>();
        seen.add("uid " + output("id", "-u"));
        seen.add("groups " + output("id", "-G"));
        seen.add("interfaces " + output("ls", "/sys/class/net") + ";"
                + output("sh", "-c", "cat /proc/net/route | wc -l"));
        seen.add("environment " + System.getenv().keySet());
        seen.add("password " + canRead(Path.of(data, "database.password")));
        seen.add("write " + canWrite(Path.of(data, "planted")) + canWrite(Path.of(data, "storage", "planted"))
                + canWrite(Path.of(data, "workspaces", "planted")) + canWrite(Path.of(data, "plugins", "planted")));
        seen.add("list " + canList(Path.of(data)) + canList(Path.of(data, "storage"))
                + canList(Path.of(data, "workspaces")));
        seen.add("input " + canWrite(Path.of("/proc/self/cwd/../planted")));
        seen.add("privileges "
                + Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("NoNewPrivs"))
                        .findFirst()
                        .orElse(""));
        Path file = context.workspace().resolve("seen.txt");
        Files.write(file, seen);
        return JobResult.of(List.of(Output.attachment("seen", file, OutputRole.DOWNLOAD, "text/plain", 0, 0)));
    }

    private static boolean canRead(Path file) {
        try {
            Files.readString(file);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean canWrite(Path file) {
        try {
            Files.write(file, new byte[1]);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean canList(Path folder) {
        try (var files = Files.list(folder)) {
            return files.count() >= 0;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).start();
        try (InputStream out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .replace('\n', ' ');
        } finally {
            process.waitFor();
        }
    }

    private static JobResult poster(JobContext context, String name) throws IOException {
        return poster(name, Files.write(context.workspace().resolve(name + ".jpg"), new byte[] {1, 2, 3, 4}));
    }

    private static JobResult poster(String name, Path file) {
        return JobResult.of(List.of(Output.attachment(name, file, OutputRole.POSTER, "image/jpeg", 2, 2)));
    }
}
