package io.regie.core.egress;

import io.regie.core.egress.EgressRefusedException.Reason;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody wants to connect to.
 *
 * @param host a name in lower case and ASCII without a final dot, or an address without brackets
 */
public record Destination(String host, int port) {
    private static final int MAX_HOST = 253;
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");

    /** @throws EgressRefusedException when this is no host or no port, or a host in disguise */
    public static Destination of(@Nullable String host, int port) throws EgressRefusedException {
        if (host == null || port < 1 || port > 65535) {
            throw new EgressRefusedException(Reason.MALFORMED);
        }
        return new Destination(normalized(host), port);
    }

    /** @param fallback the scheme's port */
    public static Destination of(URI uri, int fallback) throws EgressRefusedException {
        return of(uri.getHost(), uri.getPort() < 0 ? fallback : uri.getPort());
    }

    /** The address, if the host is one. */
    public Optional<InetAddress> literal() {
        return Literals.find(host);
    }

    private static String normalized(String host) throws EgressRefusedException {
        if (host.startsWith("[") && host.endsWith("]")) {
            String inner = host.substring(1, host.length() - 1);
            return inner.indexOf(':') < 0 ? refuse() : address(inner);
        }
        if (host.indexOf(':') >= 0) {
            return address(host);
        }
        String name = ascii(host);
        if (Literals.find(name).isPresent()) {
            return address(name);
        }
        if (Literals.looksLikeNumber(name) || !NAME.matcher(name).matches()) {
            return refuse();
        }
        return name;
    }

    /** Written in one way only. */
    private static String address(String text) throws EgressRefusedException {
        return Literals.find(text)
                .map(InetAddress::getHostAddress)
                .orElseThrow(() -> new EgressRefusedException(Reason.MALFORMED));
    }

    private static String ascii(String host) throws EgressRefusedException {
        if (host.isEmpty() || host.length() > MAX_HOST) {
            return refuse();
        }
        try {
            String name = IDN.toASCII(Normalizer.normalize(host, Normalizer.Form.NFKC))
                    .toLowerCase(Locale.ROOT);
            return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        } catch (IllegalArgumentException e) {
            return refuse();
        }
    }

    private static String refuse() throws EgressRefusedException {
        throw new EgressRefusedException(Reason.MALFORMED);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
