package io.regie.core.egress;

import java.net.InetAddress;
import java.util.Arrays;

/** All addresses that begin alike. A single address is the smallest. */
public record AddressRange(InetAddress address, int bits) {

    public AddressRange {
        if (bits < 0 || bits > address.getAddress().length * 8) {
            throw new IllegalArgumentException("No network has " + bits + " bits");
        }
        if (!Arrays.equals(masked(address.getAddress(), bits), address.getAddress())) {
            throw new IllegalArgumentException("The address goes on after the network's bits");
        }
    }

    /** @param text an address as it is usually written, perhaps a slash and how many of its bits count */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = Literals.find(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException("Not an address"));
        int bits = slash < 0
                ? address.getAddress().length * 8
                : Integer.parseInt(text.substring(slash + 1).matches("\\d{1,3}") ? text.substring(slash + 1) : "999");
        return new AddressRange(address, bits);
    }

    boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        return bytes.length == address.getAddress().length && Arrays.equals(masked(bytes, bits), address.getAddress());
    }

    private static byte[] masked(byte[] bytes, int bits) {
        byte[] masked = bytes.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.max(0, Math.min(8, bits - i * 8));
            masked[i] &= (byte) (0xff00 >> kept);
        }
        return masked;
    }

    @Override
    public String toString() {
        boolean single = bits == address.getAddress().length * 8;
        return address.getHostAddress() + (single ? "" : "/" + bits);
    }
}
