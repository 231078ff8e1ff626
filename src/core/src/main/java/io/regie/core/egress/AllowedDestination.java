package io.regie.core.egress;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator lets in addition be reached: a host by its name, an address or a network, all ports that are
 * open by default or one port.
 *
 * @param name null when it is a network
 * @param port 0 for all that are open by default
 */
public record AllowedDestination(@Nullable String name, @Nullable AddressRange network, int port) {

    /**
     * As an administrator writes it: {@code camera.lan}, {@code camera.lan:8554}, {@code 192.168.1.0/24:554},
     * {@code [fd00::/8]:554}.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    public static AllowedDestination parse(String text) {
        String host = text.strip();
        int port = 0;
        int bracket = host.indexOf(']');
        int colon = host.lastIndexOf(':');
        boolean bareIpv6 = bracket < 0 && host.indexOf(':') != colon;
        if (colon > bracket && !bareIpv6) {
            String number = host.substring(colon + 1);
            port = number.matches("[1-9]\\d{0,4}") ? Integer.parseInt(number) : -1;
            host = host.substring(0, colon);
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("Not a port");
        }
        if (host.indexOf('/') >= 0 || Literals.find(host).isPresent()) {
            return new AllowedDestination(null, AddressRange.parse(host), port);
        }
        try {
            return new AllowedDestination(Destination.of(host, 1).host(), null, port);
        } catch (EgressRefusedException e) {
            throw new IllegalArgumentException("Not a host", e);
        }
    }

    /** @param text entries separated by white space or commas */
    public static List<AllowedDestination> parseAll(String text) {
        return Arrays.stream(text.split("[\\s,]+"))
                .filter(entry -> !entry.isEmpty())
                .map(AllowedDestination::parse)
                .toList();
    }

    public static String printAll(List<AllowedDestination> entries) {
        return entries.stream().map(AllowedDestination::toString).collect(Collectors.joining("\n"));
    }

    boolean covers(Destination destination, InetAddress address) {
        boolean host = network == null ? destination.host().equals(name) : network.contains(address);
        return host && (port == 0 || port == destination.port());
    }

    @Override
    public String toString() {
        String host = network == null ? String.valueOf(name) : network.toString();
        String number = port == 0 ? "" : ":" + port;
        return host.indexOf(':') >= 0 ? "[" + host + "]" + number : host + number;
    }
}
