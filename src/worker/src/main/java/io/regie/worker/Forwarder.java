package io.regie.worker;

import io.regie.spi.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A worker's way to the server's relay, which alone knows the world: ports on this process's own loopback for programs
 * that know nothing of Unix sockets. What it lets through is decided at the other end.
 */
final class Forwarder implements Network, AutoCloseable {

    /** Not the handler's, though its call starts them: they end with the connections. */
    private static final ThreadGroup THREADS = new ThreadGroup("forwarder");

    private static final int STACK = 256 << 10;
    private static final int BUFFER = 64 << 10;
    private static final Duration LEAVING = Duration.ofSeconds(5);

    private final Path relay;
    private final String token;
    private final Map<ProxyRequest.Target, ServerSocket> ports = new HashMap<>();
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private final List<Thread> listening = new ArrayList<>();
    private @Nullable ServerSocket proxy;
    private boolean closed;

    Forwarder(Path relay, String token) {
        this.relay = relay;
        this.token = token;
    }

    @Override
    public synchronized URI httpProxy() {
        try {
            if (proxy == null) {
                proxy = listen(this::proxy);
            }
            return URI.create("http://127.0.0.1:" + proxy.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException("There is no loopback to listen on", e);
        }
    }

    @Override
    public synchronized int localPort(String host, int port) throws IOException {
        ProxyRequest.Target target = new ProxyRequest.Target(host, port);
        ServerSocket known = ports.get(target);
        if (known == null) {
            known = listen(client -> forward(client, target));
            ports.put(target, known);
        }
        return known.getLocalPort();
    }

    /** Does with a client what its port is for. */
    private interface Service {
        void serve(Socket client) throws IOException;
    }

    private ServerSocket listen(Service service) throws IOException {
        ServerSocket listener = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
        hold(listener);
        listening.add(start(() -> {
            while (true) {
                Socket client = listener.accept();
                hold(client);
                start(() -> {
                    try {
                        client.setTcpNoDelay(true);
                        service.serve(client);
                    } finally {
                        release(client);
                    }
                });
            }
        }));
        return listener;
    }

    /** So that it ends with the run; what comes later than that ends at once. */
    private synchronized void hold(AutoCloseable connection) throws IOException {
        if (closed) {
            release(connection);
            throw new IOException("The run has ended");
        }
        open.add(connection);
    }

    private void proxy(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        ProxyRequest request = ProxyRequest.read(in);
        if (request == null) {
            answer(client, "400 Bad Request");
            return;
        }
        try (SocketChannel way = way(request.target())) {
            if (way == null) {
                answer(client, "502 Bad Gateway");
                return;
            }
            if (request.tunnel()) {
                answer(client, "200 Connection established");
            } else {
                write(way, ByteBuffer.wrap(request.head()));
            }
            pass(client, way);
        }
    }

    private void forward(Socket client, ProxyRequest.Target target) throws IOException {
        try (SocketChannel way = way(target)) {
            if (way != null) {
                pass(client, way);
            }
        }
    }

    private static void answer(Socket client, String status) throws IOException {
        String length = status.startsWith("200") ? "" : "Content-Length: 0\r\nConnection: close\r\n";
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\n" + length + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** A connection to there, or null when the relay makes none. */
    private @Nullable SocketChannel way(ProxyRequest.Target target) throws IOException {
        SocketChannel way = SocketChannel.open(StandardProtocolFamily.UNIX);
        hold(way);
        try {
            way.connect(UnixDomainSocketAddress.of(relay));
            String greeting = Json.MAPPER
                            .createObjectNode()
                            .put("token", token)
                            .put("host", target.host())
                            .put("port", target.port())
                    + "\n";
            write(way, StandardCharsets.UTF_8.encode(greeting));
            if (Json.MAPPER.readTree(line(way)).path("ok").asBoolean()) {
                return way;
            }
            release(way);
            return null;
        } catch (IOException e) {
            release(way);
            throw e;
        }
    }

    /** Byte by byte: what follows the line is for somebody else. */
    private static String line(SocketChannel way) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (line.size() < 1024 && way.read(one.clear()) > 0 && one.get(0) != '\n') {
            line.write(one.get(0));
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /**
     * Until both sides have said all. Never by the streams that the JDK makes of channels: up to Java 18, whoever waits
     * to read from one keeps everybody from writing to it.
     */
    private void pass(Socket client, SocketChannel way) throws IOException {
        Thread back = start(() -> {
            try {
                receive(way, client.getOutputStream());
                client.shutdownOutput();
            } catch (IOException e) {
                // One side is gone; let the other know.
                release(client);
                release(way);
            }
        });
        try {
            send(client.getInputStream(), way);
            way.shutdownOutput();
        } catch (IOException e) {
            release(client);
            release(way);
        }
        try {
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        release(way);
    }

    private static void send(InputStream from, SocketChannel to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            write(to, ByteBuffer.wrap(buffer, 0, read));
        }
    }

    private static void receive(SocketChannel from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        ByteBuffer view = ByteBuffer.wrap(buffer);
        for (int read = from.read(view); read >= 0; read = from.read(view.clear())) {
            to.write(buffer, 0, read);
        }
    }

    private static void write(SocketChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread start(Work work) {
        Thread thread = new Thread(
                THREADS,
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // A connection that broke; whoever used it knows.
                    }
                },
                "forwarder",
                STACK);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void release(AutoCloseable connection) {
        open.remove(connection);
        try {
            connection.close();
        } catch (Exception e) {
            // It is of no use any more either way.
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            open.forEach(this::release);
        }
        // The kernel lets connections in until the thread that waits for them has left it.
        for (Thread thread : listening) {
            try {
                thread.join(LEAVING.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
