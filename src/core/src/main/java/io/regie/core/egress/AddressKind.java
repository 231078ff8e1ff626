package io.regie.core.egress;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** What an address is, as far as it matters to somebody who must not be led astray. Only what is known to be public is. */
public enum AddressKind {
    PUBLIC,
    /** Of this very machine, also by its public address. */
    OWN,
    LOOPBACK,
    PRIVATE,
    /** Between a carrier and its customers. */
    SHARED,
    LINK_LOCAL,
    /** Where clouds tell machines their secrets. */
    METADATA,
    MULTICAST,
    /** An IPv4 address in an IPv6 one: a gateway or the system decides where that leads. */
    TRANSLATED,
    RESERVED;

    private record Range(AddressRange addresses, AddressKind kind) {}

    /** The first that fits counts. */
    private static final List<Range> RANGES = List.of(
            range("169.254.169.254/32", METADATA),
            range("169.254.170.2/32", METADATA),
            range("100.100.100.200/32", METADATA),
            range("192.0.0.192/32", METADATA),
            // In a public range, but answered by the host of a virtual machine.
            range("168.63.129.16/32", METADATA),
            range("fd00:ec2::254/128", METADATA),
            range("0.0.0.0/8", RESERVED),
            range("10.0.0.0/8", PRIVATE),
            range("100.64.0.0/10", SHARED),
            range("127.0.0.0/8", LOOPBACK),
            range("169.254.0.0/16", LINK_LOCAL),
            range("172.16.0.0/12", PRIVATE),
            range("192.0.0.0/24", RESERVED),
            range("192.0.2.0/24", RESERVED),
            range("192.88.99.0/24", TRANSLATED),
            range("192.168.0.0/16", PRIVATE),
            range("198.18.0.0/15", RESERVED),
            range("198.51.100.0/24", RESERVED),
            range("203.0.113.0/24", RESERVED),
            range("224.0.0.0/4", MULTICAST),
            range("240.0.0.0/4", RESERVED),
            range("0.0.0.0/0", PUBLIC),
            range("::/128", RESERVED),
            range("::1/128", LOOPBACK),
            range("::/96", TRANSLATED),
            range("64:ff9b::/96", TRANSLATED),
            range("64:ff9b:1::/48", TRANSLATED),
            range("fc00::/7", PRIVATE),
            range("fe80::/10", LINK_LOCAL),
            range("fec0::/10", PRIVATE),
            range("ff00::/8", MULTICAST),
            range("2001::/32", TRANSLATED),
            range("2002::/16", TRANSLATED),
            range("2001::/23", RESERVED),
            range("2001:db8::/32", RESERVED),
            range("3fff::/20", RESERVED),
            range("2000::/3", PUBLIC));

    /** What may be reached unless somebody says otherwise. */
    public boolean isPublic() {
        return this == PUBLIC;
    }

    /** What no setting makes reachable: nothing that answers there could be a stream's source. */
    boolean isHopeless() {
        return this == MULTICAST || this == RESERVED;
    }

    public static AddressKind of(InetAddress address) {
        // The JDK has made an IPv4 address of a mapped one.
        AddressKind kind = RANGES.stream()
                .filter(range -> range.addresses().contains(address))
                .findFirst()
                .map(Range::kind)
                .orElse(RESERVED);
        return kind == PUBLIC && isOwn(address) ? OWN : kind;
    }

    /** What a firewall keeps others from is open to whoever connects from here. */
    private static boolean isOwn(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    private static Range range(String addresses, AddressKind kind) {
        return new Range(AddressRange.parse(addresses), kind);
    }
}
