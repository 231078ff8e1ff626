package io.regie.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.regie.spi.FailureKind;
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
 * <p>The class path is a directory with the native libraries unpacked, then the jars. JavaCPP loads libraries that lie
 * in a directory of the class path where they are; from jars it would have to unpack them into a cache that must be
 * writable, which a runtime shared by all workers must not be. As any id, with nothing writable but a temporary folder
 * that is also the working directory:
 *
 * <pre>{@code
 * env -i PATH=/usr/bin:/bin LANG=C.UTF-8 HOME=$TEMP TMPDIR=$TEMP MALLOC_ARENA_MAX=2
 * java -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -XX:-UsePerfData
 *      -XX:-CreateCoredumpOnCrash -XX:ErrorFile=$TEMP/hs_err.log -XX:+DisableAttachMechanism
 *      -Dfile.encoding=UTF-8 -Djava.io.tmpdir=$TEMP -Dorg.bytedeco.javacpp.platform.extension=-gpl
 *      -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dorg.bytedeco.javacpp.noPointerGC=true
 *      -cp $WORKER/native:$WORKER/* io.regie.worker.Worker
 * }</pre>
 *
 * <p>One collector thread and the first compiler halve the time to the first event; performance data would be a file in
 * a folder that all users share. {@code maxPhysicalBytes} would count native memory against four times the Java heap,
 * less than one 1080p ladder; the server watches the whole process instead. {@code noPointerGC} keeps the collector from
 * freeing what native code still holds. glibc would keep an arena for each codec thread without
 * {@code MALLOC_ARENA_MAX}. Runs are given {@code -Xmx192m}: frames and packets live outside the heap.
 */
public final class Worker {

    private static final int DONE = 0;
    private static final int SERVER_GONE = 1;
    private static final int MALFORMED = 2;

    private final EventStream events;
    private final Control control = new Control();

    private Worker(EventStream events) {
        this.events = events;
    }

    public static void main(String[] arguments) {
        // Before anything else can print: from here on standard output belongs to the protocol, input likewise.
        OutputStream protocol = new FileOutputStream(FileDescriptor.out);
        InputStream requests = System.in;
        System.setOut(System.err);
        System.setIn(InputStream.nullInputStream());
        int status = new Worker(new EventStream(protocol))
                .serve(new BufferedReader(new InputStreamReader(requests, StandardCharsets.UTF_8)));
        System.err.flush();
        // Not exit: threads and shutdown hooks that a plugin left have no say.
        Runtime.getRuntime().halt(status);
    }

    private int serve(BufferedReader requests) {
        try {
            Command command = read(requests);
            Thread reader = new Thread(() -> obey(requests), "requests");
            reader.setDaemon(true);
            reader.start();
            events.end(answer(command));
            return DONE;
        } catch (JsonProcessingException e) {
            events.end(new Event.Failed(FailureKind.INTERNAL, "The worker was asked something malformed: "
                    + e.getOriginalMessage()));
            return MALFORMED;
        } catch (Throwable e) {
            e.printStackTrace();
            events.end(Failures.of(e, "in use"));
            return DONE;
        }
    }

    private static Command read(BufferedReader requests) throws IOException {
        String line = requests.readLine();
        if (line == null) {
            Runtime.getRuntime().halt(SERVER_GONE);
        }
        return Json.MAPPER.readValue(line, Command.class);
    }

    /** Reads what comes after the request, until the end of input says that the server is gone. */
    private void obey(BufferedReader requests) {
        try {
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                JsonNode instruction = Json.MAPPER.readTree(line).path("command");
                switch (instruction.asText()) {
                    case "stop" -> control.stop();
                    case "cancel" -> control.cancel();
                    default -> System.err.println("Ignored an unknown instruction");
                }
            }
        } catch (IOException e) {
            e.printStackTrace();
        } finally {
            Runtime.getRuntime().halt(SERVER_GONE);
        }
    }

    private Event answer(Command command) throws InterruptedException {
        if (command instanceof Command.Describe describe) {
            return describe(describe);
        } else if (command instanceof Command.Estimate estimate) {
            return estimate(estimate);
        } else {
            return run((Command.Run) command);
        }
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
            io.regie.spi.Estimate estimate = plugin.requireHandler(command.type()).estimate(command.request());
            Duration time = estimate.time();
            return new Event.Estimated(estimate.bytes(), time == null ? null : time.toMillis() / 1000.0);
        } catch (PluginRefusedException e) {
            return refused(e, FailureKind.INTERNAL);
        }
    }

    private Event run(Command.Run command) throws InterruptedException {
        try (LoadedPlugin plugin = load(command.plugin())) {
            return new JobRun(plugin.info().id(), plugin.requireHandler(command.type()), control, events)
                    .run(command.request(), command.workspace());
        } catch (PluginRefusedException e) {
            return refused(e, FailureKind.INTERNAL);
        }
    }

    private static LoadedPlugin load(Path file) throws PluginRefusedException {
        PluginContext context = InstantSource::system;
        return LoadedPlugin.load(file, Path.of(System.getProperty("java.io.tmpdir")), context);
    }

    private static Event refused(PluginRefusedException e, FailureKind kind) {
        e.printStackTrace();
        return new Event.Failed(kind, String.valueOf(e.getMessage()));
    }
}
