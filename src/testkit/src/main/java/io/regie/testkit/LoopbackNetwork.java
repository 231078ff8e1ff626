package io.regie.testkit;

import io.regie.spi.Network;
import java.net.URI;

/**
 * A way to servers on this machine and to nothing else.
 *
 * @param httpProxy for http; a server that takes whole addresses in requests can be its own proxy
 */
public record LoopbackNetwork(URI httpProxy) implements Network {

    /** For protocols that need no proxy. */
    public LoopbackNetwork() {
        this(URI.create("http://127.0.0.1:9"));
    }

    @Override
    public int localPort(String host, int port) {
        if (!host.equals("127.0.0.1")) {
            throw new IllegalArgumentException("Not this machine: " + host);
        }
        return port;
    }
}
