package io.regie.core.egress;

import io.regie.core.egress.EgressRefusedException.Reason;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which connections may be made: to public addresses, on ports where media may be served, and to what an administrator
 * allows beyond that.
 *
 * @param allowed in addition
 * @param onlyHost the only host that may be reached, or null for all
 */
public record EgressPolicy(List<AllowedDestination> allowed, @Nullable String onlyHost) {

    private static final int PRIVILEGED = 1024;
    /** Web, RTSP and RTSP over TLS. */
    private static final Set<Integer> LOW_PORTS = Set.of(80, 322, 443, 554);
    /** Databases, caches, remote control: what no stream comes from, and what takes orders from strangers' bytes. */
    private static final Set<Integer> FORBIDDEN_PORTS = Set.of(
            1433, 1434, 1521, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 4444, 5432, 5433, 5672, 5900, 5984, 5985,
            5986, 6000, 6379, 6380, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 7001, 9042, 9092, 9200, 9300, 10080,
            10250, 10255, 11211, 15672, 26257, 27017, 27018, 50000);

    public EgressPolicy {
        allowed = List.copyOf(allowed);
    }

    /** Public addresses only. */
    public static EgressPolicy strict() {
        return new EgressPolicy(List.of(), null);
    }

    public static EgressPolicy allowing(List<AllowedDestination> allowed) {
        return new EgressPolicy(allowed, null);
    }

    /** The same for one host alone: for programs that would follow a redirect to anywhere. */
    public EgressPolicy onlyTo(String host) {
        return new EgressPolicy(allowed, host);
    }

    /** What can be said before the name is looked up. */
    void check(Destination destination) throws EgressRefusedException {
        if (onlyHost != null && !onlyHost.equals(destination.host())) {
            throw new EgressRefusedException(Reason.OTHER_HOST);
        }
    }

    /**
     * @param addresses all that the host has: one that may not be reached spoils them all, because it shows what the
     *     name is for
     */
    void check(Destination destination, List<InetAddress> addresses) throws EgressRefusedException {
        check(destination);
        if (addresses.isEmpty()) {
            throw new EgressRefusedException(Reason.UNKNOWN_HOST);
        }
        for (InetAddress address : addresses) {
            check(destination, address);
        }
    }

    /**
     * Whether a host that is an address may be reached; names are judged when they are looked up.
     *
     * @throws EgressRefusedException when not
     */
    public void checkLiteral(Destination destination) throws EgressRefusedException {
        InetAddress address = destination.literal().orElse(null);
        if (address == null) {
            check(destination);
        } else {
            check(destination, List.of(address));
        }
    }

    private void check(Destination destination, InetAddress address) throws EgressRefusedException {
        AddressKind kind = AddressKind.of(address);
        List<AllowedDestination> covering = allowed.stream()
                .filter(entry -> entry.covers(destination, address))
                .toList();
        if (kind.isHopeless() || (!kind.isPublic() && covering.isEmpty())) {
            throw new EgressRefusedException(Reason.ADDRESS);
        }
        boolean named = covering.stream().anyMatch(entry -> entry.port() == destination.port());
        if (!named && !isOpen(destination.port())) {
            throw new EgressRefusedException(Reason.PORT);
        }
    }

    private static boolean isOpen(int port) {
        return port < PRIVILEGED ? LOW_PORTS.contains(port) : !FORBIDDEN_PORTS.contains(port);
    }
}
