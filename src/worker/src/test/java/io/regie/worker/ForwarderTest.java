package io.regie.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a relay that answers by itself. */
@Timeout(20)
class ForwarderTest {

    @TempDir
    Path folder;

    private final List<String> greetings = new CopyOnWriteArrayList<>();
    private ServerSocketChannel relay;
    private Forwarder forwarder;

    @BeforeEach
    void open() throws IOException {
        Path socket = folder.resolve("relay");
        relay = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        Thread accepting = new Thread(this::accept, "relay");
        accepting.setDaemon(true);
        accepting.start();
        forwarder = new Forwarder(socket, "secret");
    }

    @AfterEach
    void close() throws IOException {
        forwarder.close();
        relay.close();
    }

    @Test
    void asksTheRelayForEachRequestOfTheProxy() throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress(
                        forwarder.httpProxy().getHost(), forwarder.httpProxy().getPort())))
                .build();
        for (String host : List.of("one.example", "two.example:8080")) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://" + host + "/x")).build();
            assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("GET /x HTTP/1.1");
        }
        HttpRequest refused =
                HttpRequest.newBuilder(URI.create("http://refused.example/")).build();
        assertThat(client.send(refused, BodyHandlers.discarding()).statusCode()).isEqualTo(502);
        assertThat(greetings)
                .containsExactly(
                        "{\"token\":\"secret\",\"host\":\"one.example\",\"port\":80}",
                        "{\"token\":\"secret\",\"host\":\"two.example\",\"port\":8080}",
                        "{\"token\":\"secret\",\"host\":\"refused.example\",\"port\":80}");
    }

    @Test
    void leadsAPortToAHost() throws IOException {
        int port = forwarder.localPort("camera.example", 554);
        assertThat(forwarder.localPort("camera.example", 554)).isEqualTo(port);
        assertThat(forwarder.localPort("camera.example", 555)).isNotEqualTo(port);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("DESCRIBE\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(in.lines().toList()).contains("DESCRIBE");
        }
        assertThat(greetings).containsExactly("{\"token\":\"secret\",\"host\":\"camera.example\",\"port\":554}");
    }

    /** A source speaks while its reader says nothing, and the other way round. */
    @Test
    void passesBytesOneWayWhileTheOtherIsSilent() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), forwarder.localPort("camera.example", 554))) {
            socket.setSoTimeout(5000);
            while (greetings.isEmpty()) {
                Thread.onSpinWait();
            }
            // The forwarder waits for the source now, which waits for us.
            socket.getOutputStream().write("LATE".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write("R\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(7))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("LATER\r\n");
        }
    }

    @Test
    void endsConnectionsThatTheRelayRefuses() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), forwarder.localPort("refused.example", 1))) {
            assertThat(socket.getInputStream().read()).isNegative();
        }
    }

    @RepeatedTest(20)
    void opensNothingAfterTheRun() throws IOException {
        int port = forwarder.localPort("camera.example", 554);
        forwarder.close();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> forwarder.localPort("other.example", 1)).isInstanceOf(IOException.class);
    }

    /** Answers with the first line that it is sent. */
    private void accept() {
        try {
            while (true) {
                SocketChannel client = relay.accept();
                BufferedReader in = new BufferedReader(Channels.newReader(client, StandardCharsets.US_ASCII));
                String greeting = in.readLine();
                greetings.add(greeting);
                if (greeting.contains("refused.example")) {
                    write(client, "{\"refused\":\"unavailable\"}\n");
                } else {
                    write(client, "{\"ok\":true}\n");
                    String line = in.readLine();
                    write(client, line.startsWith("GET") ? answer(line) : line + "\r\n");
                }
                client.close();
            }
        } catch (IOException e) {
            if (relay.isOpen()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String answer(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body;
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
