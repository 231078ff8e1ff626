package io.regie.core.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressKindTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, LOOPBACK",
        "127.255.255.254, LOOPBACK",
        "::1, LOOPBACK",
        "::ffff:127.0.0.2, LOOPBACK",
        "::ffff:7f00:2, LOOPBACK",
        "10.1.2.3, PRIVATE",
        "172.16.0.1, PRIVATE",
        "172.31.255.255, PRIVATE",
        "192.168.1.1, PRIVATE",
        "::ffff:10.1.2.3, PRIVATE",
        "fc00::1, PRIVATE",
        "fdff::1, PRIVATE",
        "fec0::1, PRIVATE",
        "100.64.0.1, SHARED",
        "100.127.255.255, SHARED",
        "169.254.1.1, LINK_LOCAL",
        "fe80::1, LINK_LOCAL",
        "169.254.169.254, METADATA",
        "::ffff:169.254.169.254, METADATA",
        "100.100.100.200, METADATA",
        "168.63.129.16, METADATA",
        "fd00:ec2::254, METADATA",
        "224.0.0.1, MULTICAST",
        "239.255.255.255, MULTICAST",
        "ff02::1, MULTICAST",
        "::7f00:2, TRANSLATED",
        "::127.0.0.2, TRANSLATED",
        "64:ff9b::7f00:2, TRANSLATED",
        "64:ff9b:1::7f00:2, TRANSLATED",
        "2002:7f00:2::1, TRANSLATED",
        "2001:0:4136:e378::1, TRANSLATED",
        "192.88.99.1, TRANSLATED",
        "0.0.0.0, RESERVED",
        "0.1.2.3, RESERVED",
        "::, RESERVED",
        "192.0.2.1, RESERVED",
        "198.18.0.1, RESERVED",
        "198.51.100.1, RESERVED",
        "203.0.113.1, RESERVED",
        "240.0.0.1, RESERVED",
        "255.255.255.255, RESERVED",
        "2001:db8::1, RESERVED",
        "2001:10::1, RESERVED",
        "4000::1, RESERVED",
        "100::1, RESERVED",
        "9.9.9.9, PUBLIC",
        "100.63.255.255, PUBLIC",
        "172.32.0.1, PUBLIC",
        "192.167.255.255, PUBLIC",
        "::ffff:9.9.9.9, PUBLIC",
        "2620:fe::fe, PUBLIC",
    })
    void knowsWhatAnAddressIs(String address, AddressKind kind) throws UnknownHostException {
        assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(kind);
    }
}
