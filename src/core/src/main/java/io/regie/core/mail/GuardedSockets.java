package io.regie.core.mail;

import io.regie.core.egress.AllowedDestination;
import io.regie.core.egress.Destination;
import io.regie.core.egress.Egress;
import io.regie.core.egress.EgressPolicy;
import io.regie.core.egress.EgressRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.SocketFactory;

/**
 * Sockets that connect to the mail server that an administrator named, and only where {@link Egress} lets them: the
 * library looks the name up by itself, so the address is checked where the connection is made.
 */
final class GuardedSockets extends SocketFactory {

    private final Egress egress;
    private final String host;
    private final int port;

    GuardedSockets(Egress egress, String host, int port) {
        this.egress = egress;
        this.host = host;
        this.port = port;
    }

    @Override
    public Socket createSocket() {
        return new Guarded();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new UnknownHostException("Only the mail server is reached from here");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        return createSocket(address.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress from, int fromPort) throws IOException {
        return createSocket(address, port);
    }

    /** The first of them all, the way Java orders them: a socket that failed to connect cannot try another. */
    private InetAddress address() throws IOException {
        try {
            Destination destination = Destination.of(host, port);
            AllowedDestination named = AllowedDestination.parse(destination.toString());
            return egress.require(destination, EgressPolicy.allowing(List.of(named)))
                    .get(0);
        } catch (EgressRefusedException e) {
            throw new IOException("The mail server may not be reached", e);
        }
    }

    private final class Guarded extends Socket {

        @Override
        public void connect(SocketAddress ignored, int timeout) throws IOException {
            super.connect(new InetSocketAddress(address(), port), timeout);
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }
    }
}
