package io.regie.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.regie.ffmpeg.Capabilities;
import io.regie.ffmpeg.FrameAt;
import io.regie.ffmpeg.Picture;
import io.regie.ffmpeg.Probe;
import io.regie.ffmpeg.RefusedMediaException;
import io.regie.ffmpeg.Trial;
import io.regie.spi.Estimate;
import io.regie.spi.FailureKind;
import io.regie.spi.JobHandler;
import io.regie.spi.PluginContext;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The worker's main class.
 *
 * <p>JavaCPP loads libraries from a directory in {@code java.library.path} where they are; from jars it would have to
 * unpack them into a cache that must be writable, which a runtime shared by all workers must not be. So that a worker
 * runs as any id with nothing writable but a temporary folder, which is also its working directory:
 *
 * <pre>{@code
 * env -i PATH=/usr/bin:/bin LANG=C.UTF-8 HOME=$TEMP TMPDIR=$TEMP MALLOC_ARENA_MAX=2
 * java -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -XX:-UsePerfData
 *      -XX:+DisplayVMOutputToStderr -Xlog:disable -Xlog:all=error:stderr
 *      -XX:ErrorFile=$TEMP/hs_err.log -XX:+DisableAttachMechanism
 *      -Dfile.encoding=UTF-8 -Djava.io.tmpdir=$TEMP
 *      -Djava.library.path=$WORKER/native -Dorg.bytedeco.javacpp.pathsFirst=true
 *      -Dorg.bytedeco.javacpp.platform.extension=-gpl
 *      -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dorg.bytedeco.javacpp.noPointerGC=true
 *      -cp "$WORKER/*" io.regie.worker.Worker
 * }</pre>
 *
 * <ul>
 *   <li>One collector thread and the first compiler halve the time to the first event.
 *   <li>Performance data would be a file in a folder that all users share.
 *   <li>The virtual machine prints its own warnings to standard output unless told otherwise. What it prints when it
 *       crashes goes there in any case: the server ignores lines that are not JSON.
 *   <li>Core dumps are turned off by the process limit: the virtual machine's own switch would make a crash end with
 *       status 1 instead of 134.
 *   <li>{@code maxPhysicalBytes} would count native memory against four times the Java heap, less than one 1080p ladder;
 *       the server watches the whole process instead.
 *   <li>{@code noPointerGC} keeps the collector from freeing what native code still holds.
 *   <li>Without {@code MALLOC_ARENA_MAX}, glibc keeps an arena for each codec thread.
 *   <li>Runs are given {@code -Xmx192m}: frames and packets live outside the heap.
 * </ul>
 *
 * <p>The server closes the worker's standard input when it has read the last event. The virtual machine waits 300 ms at
 * its end for a thread that sits in a native read.
 */
public final class Worker {

    private static final int DONE = 0;
    private static final int SERVER_GONE = 1;
    private static final int MALFORMED = 2;

    private final OutputStream protocol;
    private final EventStream events;
    private final Control control = new Control();
    private volatile boolean answered;

    private Worker(OutputStream protocol) {
        this.protocol = protocol;
        this.events = new EventStream(protocol);
    }

    public static void main(String[] arguments) {
        // Before anything else can print: from here on standard output belongs to the protocol, input likewise.
        OutputStream protocol = new FileOutputStream(FileDescriptor.out);
        InputStream requests = System.in;
        System.setOut(System.err);
        System.setIn(InputStream.nullInputStream());
        int status =
                new Worker(protocol).serve(new BufferedReader(new InputStreamReader(requests, StandardCharsets.UTF_8)));
        System.err.flush();
        // Not exit: threads and shutdown hooks that a plugin left have no say.
        Runtime.getRuntime().halt(status);
    }

    private int serve(BufferedReader requests) {
        try {
            Command command = read(requests);
            if (command instanceof Command.Share) {
                new SharedRuns(protocol).serve(requests);
                return DONE;
            }
            Thread reader = new Thread(() -> obey(requests, command), "requests");
            reader.setDaemon(true);
            reader.start();
            return end(answer(command), DONE);
        } catch (JsonProcessingException e) {
            return end(
                    new Event.Failed(
                            FailureKind.INTERNAL,
                            "The worker was asked something malformed: " + e.getOriginalMessage()),
                    MALFORMED);
        } catch (Throwable e) {
            e.printStackTrace();
            return end(Failures.of(e, "The worker"), DONE);
        }
    }

    private int end(Event last, int status) {
        answered = true;
        events.end(last);
        return status;
    }

    private static Command read(BufferedReader requests) throws IOException {
        String line = requests.readLine();
        if (line == null) {
            Runtime.getRuntime().halt(SERVER_GONE);
        }
        return Json.MAPPER.readValue(line, Command.class);
    }

    /** Reads what comes after the request, until the end of input says that the server is gone. */
    private void obey(BufferedReader requests, Command command) {
        try {
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                obey(line, command);
            }
        } catch (IOException e) {
            e.printStackTrace();
        } finally {
            if (!answered) {
                Runtime.getRuntime().halt(SERVER_GONE);
            }
        }
    }

    private void obey(String line, Command command) {
        switch (instruction(line)) {
            case "stop" -> control.stop();
            case "cancel" -> {
                control.cancel();
                if (!(command instanceof Command.Run)) {
                    // Nothing to tidy up, and nobody who could be asked to.
                    events.end(new Event.Cancelled());
                    Runtime.getRuntime().halt(DONE);
                }
            }
            default -> System.err.println("Ignored an unknown instruction");
        }
    }

    private static String instruction(String line) {
        try {
            return Json.MAPPER.readTree(line).path("command").asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private Event answer(Command command) throws InterruptedException, IOException {
        // A chain until the language level has patterns in switch.
        if (command instanceof Command.About) {
            return new Event.Told(Capabilities.look());
        } else if (command instanceof Command.Trial) {
            return new Event.Tried(Trial.run(Path.of(System.getProperty("java.io.tmpdir"))));
        } else if (command instanceof Command.Describe describe) {
            return describe(describe);
        } else if (command instanceof Command.Estimate estimate) {
            return estimate(estimate);
        } else if (command instanceof Command.Probe probe) {
            return probe(probe);
        } else if (command instanceof Command.Picture picture) {
            return picture(picture);
        } else if (command instanceof Command.Frame frame) {
            return frame(frame);
        } else if (command instanceof Command.Rehearse rehearse) {
            Rehearsal.run();
            return probe(rehearse.probe());
        } else {
            return run((Command.Run) command);
        }
    }

    private static Event probe(Command.Probe command) {
        try {
            return new Event.Probed(Probe.probe(command.input(), command.limits()));
        } catch (RefusedMediaException e) {
            return refused(e);
        }
    }

    private static Event picture(Command.Picture command) throws IOException {
        try {
            Picture.Written written = Picture.write(
                    command.input(), command.output(), command.format(), command.maxWidth(), command.maxHeight());
            return new Event.Pictured(written.width(), written.height(), written.bytes());
        } catch (RefusedMediaException e) {
            return refused(e);
        }
    }

    private static Event frame(Command.Frame command) throws IOException {
        try {
            Picture.Written written = FrameAt.write(
                    command.input(),
                    command.seconds(),
                    command.output(),
                    command.format(),
                    command.maxWidth(),
                    command.maxHeight());
            return new Event.Pictured(written.width(), written.height(), written.bytes());
        } catch (RefusedMediaException e) {
            return refused(e);
        }
    }

    private static Event refused(RefusedMediaException e) {
        e.printStackTrace();
        return new Event.Refused(e.reason(), String.valueOf(e.getMessage()));
    }

    private Event describe(Command.Describe command) {
        try (LoadedPlugin plugin = load(command.plugin())) {
            return new Event.Described(plugin.describe());
        } catch (PluginRefusedException e) {
            return refused(e, FailureKind.BAD_INPUT);
        }
    }

    private Event estimate(Command.Estimate command) {
        try (LoadedPlugin plugin = load(command.plugin())) {
            JobHandler handler = plugin.requireHandler(command.type());
            try {
                Estimate estimate = handler.estimate(command.request());
                Duration time = estimate.time();
                return new Event.Estimated(estimate.bytes(), time == null ? null : time.toMillis() / 1000.0);
            } catch (RuntimeException | LinkageError e) {
                e.printStackTrace();
                return Failures.of(e, "The plugin " + plugin.info().id());
            }
        } catch (PluginRefusedException e) {
            return refused(e, FailureKind.INTERNAL);
        }
    }

    private Event run(Command.Run command) throws InterruptedException {
        try (LoadedPlugin plugin = load(command.plugin());
                Forwarder forwarder = command.forwarder()) {
            return new JobRun(
                            "The plugin " + plugin.info().id(), plugin.requireHandler(command.type()), control, events)
                    .run(command.request(), command.workspace(), forwarder);
        } catch (PluginRefusedException e) {
            return refused(e, FailureKind.INTERNAL);
        }
    }

    static LoadedPlugin load(Path file) throws PluginRefusedException {
        PluginContext context = InstantSource::system;
        return LoadedPlugin.load(file, Path.of(System.getProperty("java.io.tmpdir")), context);
    }

    private static Event refused(PluginRefusedException e, FailureKind kind) {
        e.printStackTrace();
        return new Event.Failed(kind, String.valueOf(e.getMessage()));
    }
}
