package io.regie.core.egress;

import io.regie.core.egress.EgressRefusedException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/**
 * Connects to elsewhere, the only class that does. The host is looked up once, every address of it is checked, and the
 * connection goes to an address that was: whatever the name means a moment later does not matter.
 */
public final class Egress {
    private final Resolver resolver;
    private final Duration patience;

    /** Looks names up. */
    public interface Resolver {
        List<InetAddress> addresses(String name) throws UnknownHostException;
    }

    public Egress(Resolver resolver, Duration patience) {
        this.resolver = resolver;
        this.patience = patience;
    }

    /** With the system's resolver. */
    public static Egress create() {
        return new Egress(name -> List.of(InetAddress.getAllByName(name)), Duration.ofSeconds(10));
    }

    /**
     * Blocks until there is a connection, or none can be made.
     *
     * @throws EgressRefusedException when it may not be made or nobody answers
     */
    public SocketChannel connect(Destination destination, EgressPolicy policy) throws EgressRefusedException {
        List<InetAddress> addresses = require(destination, policy);
        long end = System.nanoTime() + patience.toNanos();
        for (InetAddress address : addresses) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left > 0) {
                try {
                    return connect(new InetSocketAddress(address, destination.port()), (int) left);
                } catch (IOException e) {
                    // The next address may answer.
                }
            }
        }
        throw new EgressRefusedException(Reason.UNREACHABLE);
    }

    /**
     * The addresses of a host, all checked, for what connects by itself: it must be given one of these, not the name.
     *
     * @throws EgressRefusedException when it has none or one of them may not be reached
     */
    public List<InetAddress> require(Destination destination, EgressPolicy policy) throws EgressRefusedException {
        policy.check(destination);
        List<InetAddress> addresses = addresses(destination);
        policy.check(destination, addresses);
        return addresses;
    }

    private List<InetAddress> addresses(Destination destination) throws EgressRefusedException {
        InetAddress literal = destination.literal().orElse(null);
        if (literal != null) {
            return List.of(literal);
        }
        try {
            return resolver.addresses(destination.host());
        } catch (UnknownHostException e) {
            throw new EgressRefusedException(Reason.UNKNOWN_HOST);
        }
    }

    private static SocketChannel connect(InetSocketAddress address, int millis) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(address, millis);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
