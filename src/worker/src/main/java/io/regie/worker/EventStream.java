package io.regie.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The way out: whole lines, one at a time, from any thread. Nothing follows the last event. */
final class EventStream {

    private static final int MAX_TRACE = 60;

    private final OutputStream out;
    private final @Nullable String conversation;
    private boolean ended;

    EventStream(OutputStream out) {
        this(out, null);
    }

    /** @param conversation which of several over the same output this is; each line says so */
    EventStream(OutputStream out, @Nullable String conversation) {
        this.out = out;
        this.conversation = conversation;
    }

    synchronized void send(Event event) {
        if (ended) {
            return;
        }
        byte[] line = line(event);
        try {
            synchronized (out) {
                out.write(line);
                out.flush();
            }
        } catch (IOException e) {
            // Nobody reads any more: whoever would use our work is gone.
            Runtime.getRuntime().halt(1);
        }
    }

    synchronized void end(Event last) {
        send(last);
        ended = true;
    }

    /** Writes down where something went wrong. What several share as standard error belongs to none of them. */
    void trace(Throwable thrown) {
        if (conversation == null) {
            thrown.printStackTrace();
            return;
        }
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        trace.toString().lines().limit(MAX_TRACE).forEach(line -> send(new Event.Logged(line)));
    }

    private byte[] line(Event event) {
        try {
            return (text(event) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private String text(Event event) throws JsonProcessingException {
        String text = Json.MAPPER.writeValueAsString(event);
        // Every event is an object with a name in it; making a tree of it first would cost as much again.
        return conversation == null
                ? text
                : "{\"conversation\":" + Json.MAPPER.writeValueAsString(conversation) + "," + text.substring(1);
    }
}
