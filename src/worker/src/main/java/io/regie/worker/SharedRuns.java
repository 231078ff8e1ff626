package io.regie.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.regie.spi.FailureKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Several runs at once, until the input ends. Each line of either direction names the conversation that it belongs to:
 *
 * <pre>{@code
 * > {"command":"run","conversation":"1","plugin":…}
 * > {"command":"run","conversation":"2","plugin":…}
 * < {"event":"progress",…,"conversation":"2"}
 * > {"command":"stop","conversation":"1"}
 * < {"event":"result",…,"conversation":"1"}
 * }</pre>
 *
 * <p>Runs of one plugin share its classes and its handlers. Whoever is deaf to a cancel can only be ended with all others,
 * which is for the server to do.
 */
final class SharedRuns {

    private final OutputStream protocol;
    private final Map<String, Control> running = new ConcurrentHashMap<>();
    private final Map<Path, LoadedPlugin> plugins = new HashMap<>();

    SharedRuns(OutputStream protocol) {
        this.protocol = protocol;
    }

    void serve(BufferedReader requests) throws IOException {
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            obey(line);
        }
    }

    private void obey(String line) {
        JsonNode instruction;
        try {
            instruction = Json.MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            System.err.println("Ignored what is no instruction");
            return;
        }
        String conversation = instruction.path("conversation").asText();
        Control control = running.get(conversation);
        switch (instruction.path("command").asText()) {
            case "run" -> begin(conversation, line);
            case "stop" -> {
                if (control != null) {
                    control.stop();
                }
            }
            case "cancel" -> {
                if (control != null) {
                    control.cancel();
                }
            }
            default -> System.err.println("Ignored an unknown instruction");
        }
    }

    private void begin(String conversation, String request) {
        // Known before the next line is read, which may be about it.
        Control control = new Control();
        running.put(conversation, control);
        Thread thread = new Thread(() -> run(conversation, request, control), "run-" + conversation);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(String conversation, String request, Control control) {
        EventStream events = new EventStream(protocol, conversation);
        Event last;
        try {
            last = run((Command.Run) Json.MAPPER.readValue(request, Command.class), control, events);
        } catch (JsonProcessingException e) {
            last = new Event.Failed(
                    FailureKind.INTERNAL, "The worker was asked something malformed: " + e.getOriginalMessage());
        } catch (PluginRefusedException e) {
            events.trace(e);
            last = new Event.Failed(FailureKind.INTERNAL, String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            events.trace(e);
            last = Failures.of(e, "The worker");
        }
        running.remove(conversation);
        events.end(last);
    }

    private Event run(Command.Run command, Control control, EventStream events)
            throws PluginRefusedException, InterruptedException {
        LoadedPlugin plugin = plugin(command.plugin());
        try (Forwarder forwarder = command.forwarder()) {
            return new JobRun(
                            "The plugin " + plugin.info().id(), plugin.requireHandler(command.type()), control, events)
                    .run(command.request(), command.workspace(), forwarder);
        }
    }

    private synchronized LoadedPlugin plugin(Path file) throws PluginRefusedException {
        LoadedPlugin known = plugins.get(file);
        if (known == null) {
            known = Worker.load(file);
            plugins.put(file, known);
        }
        return known;
    }
}
