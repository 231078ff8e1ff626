package io.regie.core.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class RelayTest {

    @TempDir
    Path folder;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Deque<List<String>> answers = new ArrayDeque<>();
    private ServerSocket allowed;
    private ServerSocket canary;

    @BeforeEach
    void listen() throws IOException {
        allowed = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.3"));
        canary = new ServerSocket(allowed.getLocalPort(), 5, InetAddress.getByName("127.0.0.2"));
        canary.setSoTimeout(200);
    }

    @AfterEach
    void close() throws IOException {
        allowed.close();
        canary.close();
    }

    @Test
    void passesBytesBothWaysAndTheirEnd() throws IOException {
        try (Relay relay = relay(policy(), true);
                SocketChannel worker = ask(relay, relay.token(), "127.0.0.3", allowed.getLocalPort());
                Socket peer = allowed.accept()) {
            assertThat(line(worker)).isEqualTo("{\"ok\":true}");
            worker.write(ByteBuffer.wrap("question\n".getBytes(UTF_8)));
            assertThat(new BufferedReader(new InputStreamReader(peer.getInputStream(), UTF_8)).readLine())
                    .isEqualTo("question");
            byte[] much = new byte[3_000_000];
            Arrays.fill(much, (byte) 'x');
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    peer.getOutputStream().write(much);
                    peer.close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(Channels.newInputStream(worker).readAllBytes()).isEqualTo(much);
            sent.join();
        }
    }

    @Test
    void connectsToNobodyWithoutTheToken() throws IOException {
        try (Relay relay = relay(policy(), true);
                SocketChannel worker = ask(relay, "guess", "127.0.0.3", allowed.getLocalPort())) {
            assertThat(line(worker)).isEqualTo("{\"refused\":\"unavailable\"}");
            assertThat(worker.read(ByteBuffer.allocate(1))).isNegative();
        }
    }

    @Test
    void saysTheSameForForbiddenUnknownAndClosed() throws IOException {
        int port = allowed.getLocalPort();
        allowed.close();
        try (Relay relay = relay(policy(), true)) {
            for (String host : List.of("127.0.0.2", "127.0.0.3", "nobody.example", "2130706434", "[::ffff:7f00:2]")) {
                try (SocketChannel worker = ask(relay, relay.token(), host, port)) {
                    assertThat(line(worker)).as(host).isEqualTo("{\"refused\":\"unavailable\"}");
                }
            }
        }
        assertNoHit();
        assertThat(log).allMatch(line -> line.contains("not reachable or not allowed"));
    }

    /** The second answer of a name server that changes its mind is never asked for. */
    @Test
    void connectsToTheAddressThatWasChecked() throws IOException {
        answers.add(List.of("127.0.0.3"));
        answers.add(List.of("127.0.0.2"));
        try (Relay relay = relay(policy(), true);
                SocketChannel worker = ask(relay, relay.token(), "rebinding.example", allowed.getLocalPort());
                Socket peer = allowed.accept()) {
            assertThat(line(worker)).isEqualTo("{\"ok\":true}");
            assertThat(peer.isConnected()).isTrue();
        }
        assertNoHit();
        assertThat(answers).hasSize(1);
    }

    @Test
    void refusesANameThatAlsoHasAForbiddenAddress() throws IOException {
        answers.add(List.of("127.0.0.3", "127.0.0.2"));
        try (Relay relay = relay(policy(), true);
                SocketChannel worker = ask(relay, relay.token(), "mixed.example", allowed.getLocalPort())) {
            assertThat(line(worker)).contains("refused");
        }
        assertNoHit();
    }

    @Test
    void endsRtspThatSendsElsewhereUnlessConfined() throws IOException {
        byte[] answer = "RTSP/1.0 302 Found\r\nLocation: rtsp://127.0.0.2/\r\n\r\n".getBytes(UTF_8);
        for (boolean confined : new boolean[] {true, false}) {
            try (Relay relay = relay(policy(), confined);
                    SocketChannel worker = ask(relay, relay.token(), "127.0.0.3", allowed.getLocalPort());
                    Socket peer = allowed.accept()) {
                assertThat(line(worker)).isEqualTo("{\"ok\":true}");
                peer.getOutputStream().write(answer);
                peer.shutdownOutput();
                String heard = new String(Channels.newInputStream(worker).readAllBytes(), UTF_8);
                assertThat(heard.contains("302")).isEqualTo(confined);
            }
        }
        assertThat(log).hasSize(1);
    }

    @Test
    void endsAllConnectionsAndTheSocketWhenClosed() throws IOException {
        Relay relay = relay(policy(), true);
        try (SocketChannel worker = ask(relay, relay.token(), "127.0.0.3", allowed.getLocalPort());
                Socket peer = allowed.accept()) {
            assertThat(line(worker)).isEqualTo("{\"ok\":true}");
            relay.close();
            assertThat(peer.getInputStream().read()).isNegative();
            assertThat(worker.read(ByteBuffer.allocate(1))).isNegative();
        }
        assertThat(relay.socket()).doesNotExist();
        assertThatThrownBy(() -> SocketChannel.open(UnixDomainSocketAddress.of(relay.socket())))
                .isInstanceOf(IOException.class);
    }

    @Test
    void givesItsSocketToNobodyElse() throws IOException {
        try (Relay relay = relay(policy(), true)) {
            assertThat(Files.getPosixFilePermissions(relay.socket()).toString())
                    .contains("OWNER_READ", "OWNER_WRITE")
                    .doesNotContain("GROUP", "OTHERS");
        }
    }

    @Test
    void takesNoMoreConnectionsThanAJobNeeds() throws Exception {
        try (Relay relay = relay(policy(), true)) {
            List<SocketChannel> held = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 32; i++) {
                held.add(SocketChannel.open(UnixDomainSocketAddress.of(relay.socket())));
            }
            try (SocketChannel one = SocketChannel.open(UnixDomainSocketAddress.of(relay.socket()))) {
                InputStream in = Channels.newInputStream(one);
                assertThat(CompletableFuture.supplyAsync(() -> end(in)).get(2, TimeUnit.SECONDS))
                        .isTrue();
            }
            for (SocketChannel channel : held) {
                channel.close();
            }
        }
    }

    private static boolean end(InputStream in) {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private Relay relay(EgressPolicy policy, boolean confined) throws IOException {
        Egress egress = new Egress(this::resolve, Duration.ofSeconds(2));
        return Relay.open(egress, new Relay.Rules(policy, confined), folder, log::add);
    }

    private List<InetAddress> resolve(String name) throws UnknownHostException {
        List<String> next = answers.poll();
        if (next == null) {
            throw new UnknownHostException(name);
        }
        return List.of(InetAddress.getAllByName(next.get(0))[0], InetAddress.getByName(next.get(next.size() - 1)));
    }

    private EgressPolicy policy() {
        return EgressPolicy.allowing(AllowedDestination.parseAll("127.0.0.3:" + allowed.getLocalPort()));
    }

    private static SocketChannel ask(Relay relay, String token, String host, int port) throws IOException {
        SocketChannel worker = SocketChannel.open(UnixDomainSocketAddress.of(relay.socket()));
        String line = "{\"token\":\"%s\",\"host\":\"%s\",\"port\":%d}\n".formatted(token, host, port);
        worker.write(ByteBuffer.wrap(line.getBytes(UTF_8)));
        return worker;
    }

    private static String line(SocketChannel worker) throws IOException {
        InputStream in = Channels.newInputStream(worker);
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    private void assertNoHit() throws IOException {
        try (Socket hit = canary.accept()) {
            throw new AssertionError("Somebody connected to the canary: " + hit);
        } catch (java.net.SocketTimeoutException nobody) {
            assertThat(nobody).isNotNull();
        }
    }
}
