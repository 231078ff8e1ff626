package io.regie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Does what the server's relay does for workers, but asks nobody whether it may; and counts what that takes. */
final class RelayDouble implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BUFFER = 64 << 10;
    private static final int MANY = 256 << 10;
    /** As the relay of the server gathers; a double that gathers less would measure another product. */
    private static final int GATHER_MILLIS = 120;

    private static final int STEP_MILLIS = 20;

    private final Path socket;
    private final ServerSocketChannel listener;
    private final AtomicLong cpuNanos = new AtomicLong();

    RelayDouble(Path socket) throws IOException {
        this.socket = socket;
        Files.deleteIfExists(socket);
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        start(() -> {
            while (true) {
                SocketChannel worker = listener.accept();
                start(() -> serve(worker));
            }
        });
    }

    Path socket() {
        return socket;
    }

    /** Of the connections that have ended. */
    double cpuSeconds() {
        return cpuNanos.get() / 1e9;
    }

    private void serve(SocketChannel worker) throws IOException {
        JsonNode greeting = JSON.readTree(line(worker));
        InetSocketAddress target = new InetSocketAddress(
                greeting.path("host").asText(), greeting.path("port").asInt());
        try (worker;
                SocketChannel source = SocketChannel.open(target)) {
            worker.write(StandardCharsets.UTF_8.encode("{\"ok\":true}\n"));
            start(() -> {
                pass(worker, source);
                source.shutdownOutput();
            });
            pass(source, worker);
        }
    }

    private static String line(SocketChannel from) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (from.read(one.clear()) > 0 && one.get(0) != '\n') {
            line.write(one.get(0));
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static void pass(ByteChannel from, ByteChannel to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        long passed = 0;
        int gather = STEP_MILLIS;
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer.clear())) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
            passed += read;
            if (passed > MANY && read < BUFFER) {
                LockSupport.parkNanos(gather * 1_000_000L);
            }
            gather = read < BUFFER / 2
                    ? Math.min(gather + STEP_MILLIS, GATHER_MILLIS)
                    : Math.max(gather / 2, STEP_MILLIS);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // A connection that broke, or the end.
            } finally {
                cpuNanos.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
