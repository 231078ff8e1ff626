package io.regie.core.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses written as such. Only the usual ways count: decimal, octal and shortened ones mean different things to
 * different programs and are no use to honest people.
 */
final class Literals {
    private static final String PART = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(PART + "(\\." + PART + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]{2,}(" + PART + "(\\." + PART + "){3})?");

    private Literals() {}

    static Optional<InetAddress> find(String text) {
        if (!IPV4.matcher(text).matches() && !isIpv6(text)) {
            return Optional.empty();
        }
        try {
            // It looks like an address, so nobody is asked.
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static boolean isIpv6(String text) {
        return text.indexOf(':') >= 0 && IPV6.matcher(text).matches();
    }

    /** Whether some program might take a name for a number: the last label of no real name begins like one. */
    static boolean looksLikeNumber(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.matches("\\d+|0[xX].*");
    }
}
