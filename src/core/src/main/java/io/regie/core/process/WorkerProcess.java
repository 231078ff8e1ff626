package io.regie.core.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A running worker: JSON lines to it and from it, its native log, and ways to end it.
 *
 * <p>It never outlives the server: its standard input ends with the server's last breath, and it halts at that.
 */
public final class WorkerProcess implements Seat {
    /** A long video's list of segments is a few MB; a worker that says more at once is broken or hostile. */
    private static final int MAX_LINE = 16 << 20;

    private static final int NATIVE_LOG = 32 << 10;
    private static final int BACKLOG = 256;

    private final Process process;
    private final ProcessGroup group;
    private final int memoryMiB;
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>(BACKLOG);
    private final BlockingQueue<String> toSay = new LinkedBlockingQueue<>();
    private final CountDownLatch saidAll = new CountDownLatch(1);
    private final Tail nativeLog = new Tail(NATIVE_LOG);
    private final Thread errors;
    private final Thread listener;
    private boolean ended;

    /** What comes from the reading thread. */
    private sealed interface Heard {
        record Message(JsonNode json) implements Heard {}

        record Broken(String reason) implements Heard {}

        record End() implements Heard {}

        record Wake() implements Heard {}
    }

    /** @param memoryMiB that it and all it starts may take */
    WorkerProcess(Process process, String request, int memoryMiB) {
        this.process = process;
        this.memoryMiB = memoryMiB;
        this.group = new ProcessGroup(process.pid());
        toSay.add(request);
        errors = daemon("log", this::readErrors);
        listener = daemon("in", this::listen);
        // Apart, because a worker that does not read would block whoever writes to it.
        daemon("out", this::speak);
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public @Nullable JsonNode next(Duration patience) throws ProtocolBrokenException, InterruptedException {
        if (ended) {
            return null;
        }
        Heard what = heard.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (what instanceof Heard.Message message) {
            return message.json();
        }
        if (what instanceof Heard.Broken broken) {
            throw new ProtocolBrokenException(broken.reason());
        }
        ended = what instanceof Heard.End;
        return null;
    }

    /** Whether it has closed its side of the conversation; it is about to exit, if it has not. */
    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public boolean exited() {
        return !process.isAlive();
    }

    @Override
    public void wake() {
        // A full queue is awake.
        heard.offer(new Heard.Wake());
    }

    @Override
    public void tell(String command) {
        say(ProtocolJson.object().put("command", command));
    }

    void say(ObjectNode line) {
        toSay.add(line.toString());
    }

    /** It ends sooner when its input has ended. */
    @Override
    public void dismiss() {
        saidAll.countDown();
        toSay.add("");
    }

    /** Resident memory of the worker and all it started, in MiB. */
    long residentMiB() {
        return group.residentMiB();
    }

    @Override
    public boolean tooHeavy() {
        return residentMiB() > memoryMiB;
    }

    @Override
    public void giveUp() {
        group.kill();
    }

    @Override
    public void terminate() {
        group.terminate();
    }

    @Override
    public void kill() {
        group.kill();
    }

    @Override
    public Blame blame() {
        return Blame.OWN;
    }

    @Override
    public boolean holds(Path file) {
        return group.holds(file);
    }

    /** Makes sure, too, that nothing it started is left. */
    @Override
    public int awaitExit(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            group.kill();
            process.waitFor();
        }
        group.kill();
        errors.join(500);
        return process.exitValue();
    }

    @Override
    public String nativeLog() {
        return nativeLog.text();
    }

    @Override
    public void close() {
        group.kill();
        process.destroyForcibly();
        dismiss();
        // It may be waiting for somebody to hear what nobody wants to hear any more.
        listener.interrupt();
    }

    private void listen() {
        try (InputStream lines = new BufferedInputStream(process.getInputStream(), 64 << 10)) {
            for (byte[] line = readLine(lines); line != null; line = readLine(lines)) {
                JsonNode message = parse(line);
                if (message == null) {
                    // A dying JVM and native code print where they like.
                    nativeLog.add(line, line.length);
                    nativeLog.add(new byte[] {'\n'}, 1);
                } else {
                    heard.put(new Heard.Message(message));
                }
            }
            heard.put(new Heard.End());
        } catch (IOException e) {
            hearLast(process.isAlive() ? new Heard.Broken("its output cannot be read") : new Heard.End());
        } catch (LineTooLongException e) {
            hearLast(new Heard.Broken("a line is too long"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hearLast(Heard what) {
        try {
            heard.put(what);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable JsonNode parse(byte[] line) throws IOException {
        try {
            JsonNode json = ProtocolJson.mapper().readTree(line);
            return json != null && json.path("event").isTextual() ? Storable.text(json) : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static byte @Nullable [] readLine(InputStream in) throws IOException, LineTooLongException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        int b = in.read();
        if (b < 0) {
            return null;
        }
        while (b >= 0 && b != '\n') {
            if (line.size() == MAX_LINE) {
                throw new LineTooLongException();
            }
            line.write(b);
            b = in.read();
        }
        return line.toByteArray();
    }

    private void speak() {
        try (Writer out =
                new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8))) {
            while (saidAll.getCount() > 0) {
                String line = toSay.take();
                if (!line.isEmpty()) {
                    out.write(line);
                    out.write('\n');
                    out.flush();
                }
            }
        } catch (IOException e) {
            // It has ended; whoever reads from it finds out.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readErrors() {
        byte[] buffer = new byte[4096];
        try (InputStream in = process.getErrorStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                nativeLog.add(buffer, n);
            }
        } catch (IOException e) {
            // Its last words are lost, nothing else.
        }
    }

    private Thread daemon(String what, Runnable work) {
        Thread thread = new Thread(work, "worker-" + process.pid() + "-" + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static final class LineTooLongException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** The last bytes of an endless text. */
    private static final class Tail {
        private final byte[] ring;
        private long written;

        Tail(int size) {
            ring = new byte[size];
        }

        synchronized void add(byte[] bytes, int length) {
            for (int i = 0; i < length; i++) {
                ring[(int) (written++ % ring.length)] = bytes[i];
            }
        }

        synchronized String text() {
            int kept = (int) Math.min(written, ring.length);
            byte[] out = new byte[kept];
            for (int i = 0; i < kept; i++) {
                out[i] = ring[(int) ((written - kept + i) % ring.length)];
            }
            return new String(out, StandardCharsets.UTF_8);
        }
    }
}
