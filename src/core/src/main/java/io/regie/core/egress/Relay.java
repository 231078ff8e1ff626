package io.regie.core.egress;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The way out of one worker: a Unix socket on which each connection names where it wants to go, is checked, and is then
 * bytes both ways. Closing it ends all its connections.
 */
public final class Relay implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Relay.class.getName());
    /** A playlist with its segments, keys and alternatives needs few at a time. */
    private static final int MAX_CONNECTIONS = 32;
    /** Told once each, so that a source that tries for hours does not fill a job's log. */
    private static final int MAX_COMPLAINTS = 20;

    private final Egress egress;
    private final Rules rules;
    private final Path socket;
    private final String token = secret(32);
    private final ServerSocketChannel listener;
    private final Consumer<String> log;
    private final Set<RelayedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<String> complaints = ConcurrentHashMap.newKeySet();

    /**
     * @param policy where to
     * @param confined whether whoever is behind it can reach nothing but the relay. If not, redirects that it would
     *     follow by itself do not get through
     */
    public record Rules(EgressPolicy policy, boolean confined) {}

    private Relay(Egress egress, Rules rules, Path socket, ServerSocketChannel listener, Consumer<String> log) {
        this.egress = egress;
        this.rules = rules;
        this.socket = socket;
        this.listener = listener;
        this.log = log;
    }

    /**
     * Opens the way.
     *
     * @param folder where others may enter but not list
     * @param log lines for whoever owns the job, from any thread
     */
    public static Relay open(Egress egress, Rules rules, Path folder, Consumer<String> log) throws IOException {
        Path socket = folder.resolve(secret(12));
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(socket));
            // Whoever is to use it must be given it first.
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        Relay relay = new Relay(egress, rules, socket, listener, log);
        daemon("egress", relay::accept);
        return relay;
    }

    public Path socket() {
        return socket;
    }

    /** What every connection must begin with, beside the right to open the socket. */
    public String token() {
        return token;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel worker = listener.accept();
                RelayedConnection connection = new RelayedConnection(this, worker);
                connections.add(connection);
                // Closed between accepting and adding?
                if (!listener.isOpen() || connections.size() > MAX_CONNECTIONS) {
                    connection.close();
                } else {
                    daemon("egress-in", connection::serve);
                }
            }
        } catch (IOException e) {
            if (listener.isOpen()) {
                LOG.log(System.Logger.Level.WARNING, "A worker has no way out any more: {0}", e.toString());
            }
        }
    }

    Egress egress() {
        return egress;
    }

    Rules rules() {
        return rules;
    }

    void refused(Destination destination, EgressRefusedException.Reason reason) {
        if (complaints.size() < MAX_COMPLAINTS && complaints.add(destination + " " + reason)) {
            LOG.log(System.Logger.Level.WARNING, "No connection to {0} for a job: {1}", destination, reason);
            log.accept("No connection to " + destination
                    + ": it is not reachable or not allowed. Administrators find the reason in the server's log.");
        }
    }

    void redirected() {
        if (complaints.add("redirect")) {
            log.accept("The source sends its readers elsewhere, which cannot be followed on this server.");
        }
    }

    void ended(RelayedConnection connection) {
        connections.remove(connection);
    }

    @Override
    public void close() {
        try {
            listener.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "A relay's socket stays until the next start: {0}", e.toString());
        }
        connections.forEach(RelayedConnection::close);
    }

    static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, 256 << 10);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static String secret(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
