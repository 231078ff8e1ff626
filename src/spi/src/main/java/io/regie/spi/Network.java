package io.regie.spi;

import java.io.IOException;
import java.net.URI;

/**
 * The only ways out of a job that reads a live stream. The process has no network of its own: what goes through here is
 * resolved, checked and connected by the host, for each connection anew. May be called from any thread.
 */
public interface Network {

    /** A proxy on the loopback interface for http and https, redirects and playlists included. */
    URI httpProxy();

    /**
     * A port on the loopback interface that leads to a port of a host, for protocols that know no proxy. The same pair
     * gives the same port. It stays open until the job ends; each connection to it is checked and made anew.
     *
     * @throws IOException when the host may not be reached
     */
    int localPort(String host, int port) throws IOException;
}
