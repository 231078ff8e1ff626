package io.regie.core.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {

    @ParameterizedTest
    @CsvSource({
        "EXAMPLE.org, example.org:80",
        "example.org., example.org:80",
        "b\u00FCcher.example, xn--bcher-kva.example:80",
        "127.0.0.2, 127.0.0.2:80",
        // Full-width digits, then full-width dots.
        "\uFF11\uFF12\uFF17.0.0.2, 127.0.0.2:80",
        "127\u30020\u30020\u30022, 127.0.0.2:80",
        "[::1], [0:0:0:0:0:0:0:1]:80",
        "::ffff:127.0.0.2, 127.0.0.2:80",
        "[::ffff:7f00:2], 127.0.0.2:80",
        "_cam-1.lan, _cam-1.lan:80",
    })
    void writesAHostInOneWayOnly(String host, String written) throws EgressRefusedException {
        assertThat(Destination.of(host, 80)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706434",
                "0x7f000002",
                "0177.0.0.2",
                "127.2",
                "127.0.0.02",
                "127.0.0.0x2",
                "256.1.1.1",
                "1.2.3.4.5",
                "[fe80::1%lo]",
                "[fe80::1%25lo]",
                "fe80::1%1",
                "[127.0.0.1]",
                "[]",
                "",
                " ",
                ".",
                "a..b",
                "-a.example",
                "a b",
                "a\u0000b",
                "a\nb",
                "a/b",
                "user@host",
                "a:80",
                "\\\\host\\share",
            })
    void refusesHostsInDisguise(String host) {
        assertThatThrownBy(() -> Destination.of(host, 80)).isInstanceOf(EgressRefusedException.class);
    }

    @Test
    void refusesPortsThatAreNone() {
        for (int port : new int[] {-1, 0, 65536}) {
            assertThatThrownBy(() -> Destination.of("example.org", port)).isInstanceOf(EgressRefusedException.class);
        }
    }
}
