package io.regie.core.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** Addresses that share their first bits. */
record Network(byte[] address, int bits) {

    /** @param text an address, or an address with a prefix length (CIDR) */
    static Network parse(String text) {
        String[] parts = text.strip().split("/", 2);
        byte[] address = address(parts[0])
                .orElseThrow(() -> new IllegalArgumentException("Not an address or network: " + text))
                .getAddress();
        int bits = parts.length == 1 ? address.length * 8 : Integer.parseInt(parts[1]);
        if (bits < 0 || bits > address.length * 8) {
            throw new IllegalArgumentException("Not a network: " + text);
        }
        return new Network(address, bits);
    }

    /** An address from its digits; never asks the resolver. */
    static Optional<InetAddress> address(String digits) {
        String plain =
                digits.startsWith("[") && digits.endsWith("]") ? digits.substring(1, digits.length() - 1) : digits;
        boolean numeric =
                plain.indexOf(':') >= 0 ? plain.matches("[0-9A-Fa-f:.]+") : plain.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        if (!numeric) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(plain));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        if (bytes.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((bytes[bit / 8] & mask) != (address[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network network && bits == network.bits && Arrays.equals(address, network.address);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(address) + bits;
    }
}
