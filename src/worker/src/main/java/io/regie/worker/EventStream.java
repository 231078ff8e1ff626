package io.regie.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The way out: whole lines, one at a time, from any thread. Nothing follows the last event. */
final class EventStream {

    private final OutputStream out;
    private boolean ended;

    EventStream(OutputStream out) {
        this.out = out;
    }

    synchronized void send(Event event) {
        if (ended) {
            return;
        }
        byte[] line = line(event);
        try {
            out.write(line);
            out.flush();
        } catch (IOException e) {
            // Nobody reads any more: whoever would use our work is gone.
            Runtime.getRuntime().halt(1);
        }
    }

    synchronized void end(Event last) {
        send(last);
        ended = true;
    }

    private static byte[] line(Event event) {
        try {
            return (Json.MAPPER.writeValueAsString(event) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
