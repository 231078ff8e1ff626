package io.regie.core.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A mail server that keeps what it is handed. It knows one person who may sign in, and refuses when told to. */
public final class FakeMailServer implements AutoCloseable {

    public static final String USER = "studio";
    public static final String PASSWORD = "mail-secret-4711";

    private final ServerSocket socket;
    private final @Nullable SSLContext encryption;
    private final boolean atOnce;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicReference<String> refusal = new AtomicReference<>("");

    /** @param source headers and text as they came. @param encrypted whether nobody on the way could read it */
    public record Received(String to, String source, boolean encrypted) {

        /** The value of a header, unfolded. */
        public String header(String name) {
            String unfolded = source.replaceAll("\r\n[ \t]+", " ");
            return unfolded.substring(0, unfolded.indexOf("\r\n\r\n"))
                    .lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        public long headers(String name) {
            return source.substring(0, source.indexOf("\r\n\r\n"))
                    .lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .count();
        }
    }

    /** One that knows no encryption. */
    public FakeMailServer() throws IOException {
        this(null, false);
    }

    /** @param atOnce whether it speaks encrypted from the first byte, and not after STARTTLS */
    public FakeMailServer(@Nullable SSLContext encryption, boolean atOnce) throws IOException {
        this.encryption = encryption;
        this.atOnce = atOnce;
        socket = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::listen, "fake-mail-server");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    /** The verbs of what clients said that could be read. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public List<Received> receivedFor(String address) {
        return received.stream().filter(mail -> mail.to().equals(address)).toList();
    }

    /** From now on every recipient is refused with this answer; empty for none. */
    public void refuse(String answer) {
        refusal.set(answer);
    }

    private void listen() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                client.setSoTimeout(20_000);
                if (encryption != null && atOnce) {
                    talk(encrypted(client, encryption), true);
                } else {
                    talk(client, false);
                }
            } catch (IOException e) {
                // The client went, or the server closes.
            }
        }
    }

    private static Socket encrypted(Socket client, SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(client, null, client.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    private void talk(Socket client, boolean encrypted) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        OutputStream out = client.getOutputStream();
        if (!encrypted || atOnce) {
            say(out, "220 fake ready");
        }
        String to = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String verb = line.toUpperCase();
            asked.add(verb.split(" ", 2)[0]);
            boolean offers = encryption != null && !encrypted;
            if (verb.startsWith("EHLO")) {
                say(out, "250-fake\r\n" + (offers ? "250-STARTTLS\r\n" : "") + "250 AUTH PLAIN");
            } else if (verb.equals("STARTTLS") && offers) {
                say(out, "220 go on");
                talk(encrypted(client, encryption), true);
                return;
            } else if (verb.startsWith("AUTH PLAIN")) {
                String said = new String(Base64.getDecoder().decode(line.substring(11)), StandardCharsets.UTF_8);
                say(out, said.endsWith("\0" + USER + "\0" + PASSWORD) ? "235 welcome" : "535 5.7.8 who are you");
            } else if (verb.startsWith("RCPT TO:")) {
                to = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                say(out, refusal.get().isEmpty() ? "250 ok" : refusal.get());
            } else if (verb.equals("DATA")) {
                say(out, "354 go on");
                received.add(new Received(to, data(in), encrypted));
                say(out, "250 taken");
            } else if (verb.equals("QUIT")) {
                say(out, "221 bye");
                return;
            } else {
                say(out, "250 ok");
            }
        }
    }

    private static String data(BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return text.toString();
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
