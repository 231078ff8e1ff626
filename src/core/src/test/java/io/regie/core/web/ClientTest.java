package io.regie.core.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.2.3, true",
        "10.0.0.0/8, 11.1.2.3, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "2001:db8::/32, 2001:db8:1::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "0.0.0.0/0, ::1, false"
    })
    void networksContainTheirAddresses(String network, String address, boolean inside) {
        assertThat(Network.parse(network).contains(Network.address(address).orElseThrow()))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/-1"})
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "_hidden", "example.org", "1.2.3", "1.2.3.4, 5.6.7.8", ""})
    void onlyDigitsAreAddresses(String text) {
        assertThat(Network.address(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "regie.localhost"})
    void thisMachineIsConfidential(String authority) {
        assertThat(new Client("127.0.0.1", false, authority).confidential()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"example.org", "localhost.example.org", "192.168.1.5:8080", "notlocalhost", "[2001:db8::1]"})
    void otherMachinesAreNot(String authority) {
        assertThat(new Client("192.0.2.1", false, authority).confidential()).isFalse();
        assertThat(new Client("192.0.2.1", true, authority).confidential()).isTrue();
    }

    @Test
    void oneIpv6NetworkIsOneClient() {
        assertThat(new Client("2001:db8:1:2:aaaa::1", true, "x").network())
                .isEqualTo(new Client("2001:db8:1:2:bbbb::2", true, "x").network())
                .isNotEqualTo(new Client("2001:db8:1:3::1", true, "x").network());
        assertThat(new Client("192.0.2.1", true, "x").network()).isEqualTo("192.0.2.1");
    }
}
