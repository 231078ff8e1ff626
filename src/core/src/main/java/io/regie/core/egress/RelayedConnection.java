package io.regie.core.egress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regie.core.egress.EgressRefusedException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One connection of a worker: a line that says where to, a line that says whether, then bytes both ways. */
final class RelayedConnection {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_GREETING = 1024;
    private static final int GREETING_SECONDS = 5;
    private static final int BUFFER = 64 << 10;
    /**
     * How long bytes gather at most, and the steps towards it, once there are many: until about half a buffer comes at
     * once. That makes fewer wake-ups on the whole way, which a recording does not notice.
     */
    private static final int GATHER_MILLIS = 120;

    private static final int STEP_MILLIS = 20;
    private static final int MANY = 256 << 10;

    private final Relay relay;
    private final SocketChannel worker;
    private final AtomicInteger openWays = new AtomicInteger(2);
    private volatile @Nullable SocketChannel elsewhere;
    private volatile boolean greeted;
    private volatile boolean closed;

    RelayedConnection(Relay relay, SocketChannel worker) {
        this.relay = relay;
        this.worker = worker;
    }

    void serve() {
        CompletableFuture.delayedExecutor(GREETING_SECONDS, TimeUnit.SECONDS).execute(() -> {
            if (!greeted) {
                close();
            }
        });
        try {
            SocketChannel connected = connect();
            if (connected == null) {
                close();
                return;
            }
            elsewhere = connected;
            if (closed) {
                close();
                return;
            }
            say("{\"ok\":true}");
            Relay.daemon("egress-out", () -> pass(worker, connected, new Passing.All()));
            boolean free = relay.rules().confined();
            pass(connected, worker, free ? new Passing.All() : new Passing.NoRedirects());
        } catch (IOException e) {
            close();
        }
    }

    private @Nullable SocketChannel connect() throws IOException {
        String greeting = greeting();
        greeted = true;
        Destination destination = null;
        try {
            JsonNode wanted = JSON.readTree(greeting);
            if (wanted == null || !isKnown(wanted.path("token").asText())) {
                throw new EgressRefusedException(Reason.MALFORMED);
            }
            destination = Destination.of(
                    wanted.path("host").asText(), wanted.path("port").asInt());
            return relay.egress().connect(destination, relay.rules().policy());
        } catch (JsonProcessingException e) {
            return refuse();
        } catch (EgressRefusedException e) {
            if (destination != null) {
                relay.refused(destination, e.reason());
            }
            return refuse();
        }
    }

    /** In one word for all reasons: see {@link EgressRefusedException}. */
    private @Nullable SocketChannel refuse() throws IOException {
        say("{\"refused\":\"unavailable\"}");
        return null;
    }

    private boolean isKnown(String token) {
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), relay.token().getBytes(StandardCharsets.UTF_8));
    }

    /** Byte by byte: what follows the line is for somebody else. */
    private String greeting() throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        StringBuilder line = new StringBuilder();
        while (line.length() < MAX_GREETING) {
            one.clear();
            if (worker.read(one) < 0) {
                break;
            }
            char next = (char) (one.get(0) & 0xff);
            if (next == '\n') {
                return line.toString();
            }
            line.append(next);
        }
        throw new IOException("No greeting");
    }

    private void say(String line) throws IOException {
        write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)), worker);
    }

    private static void write(ByteBuffer bytes, SocketChannel to) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    private void pass(SocketChannel from, SocketChannel to, Passing passing) {
        try {
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
            long passed = 0;
            int gather = STEP_MILLIS;
            int read = from.read(buffer);
            while (read >= 0) {
                buffer.flip();
                if (!passing.lets(buffer)) {
                    relay.redirected();
                    close();
                    return;
                }
                write(buffer, to);
                passed += read;
                if (passed > MANY && read < BUFFER) {
                    Thread.sleep(gather);
                }
                gather = read < BUFFER / 2
                        ? Math.min(gather + STEP_MILLIS, GATHER_MILLIS)
                        : Math.max(gather / 2, STEP_MILLIS);
                buffer.clear();
                read = from.read(buffer);
            }
            to.shutdownOutput();
            if (openWays.decrementAndGet() == 0) {
                close();
            }
        } catch (IOException e) {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    void close() {
        closed = true;
        relay.ended(this);
        closeQuietly(worker);
        SocketChannel other = elsewhere;
        if (other != null) {
            closeQuietly(other);
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }
}
