package io.regie.core.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regie.core.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveAddressTest {

    @ParameterizedTest
    @CsvSource({
        "rtsp://camera.example/live, rtsp://camera.example:554/live",
        "RTSP://Camera.Example./live?channel=1, rtsp://camera.example:554/live?channel=1",
        "rtsps://camera.example/live, rtsps://camera.example:322/live",
        "rtmp://server.example/app/key, rtmp://server.example:1935/app/key",
        "https://b\u00FCcher.example/\u00E9.m3u8, https://xn--bcher-kva.example:443/%C3%A9.m3u8",
        "srt://server.example:9000, srt://server.example:9000",
        "rtsp://[2620:fe::fe]/, rtsp://[2620:fe:0:0:0:0:0:fe]:554/",
    })
    void writesAnAddressInOneWay(String text, String written) {
        assertThat(LiveAddress.parse(text, null, null).uri()).hasToString(written);
    }

    @Test
    void takesCredentialsAsTheyAre() {
        LiveAddress address = LiveAddress.parse("rtsp://camera.example/live", "a@b", "p:/?# s");
        assertThat(address.uri().getRawUserInfo()).isEqualTo("a%40b:p%3A%2F%3F%23%20s");
        assertThat(LiveAddress.parse("rtsp://u:p@camera.example/", null, null)
                        .uri()
                        .getUserInfo())
                .isEqualTo("u:p");
    }

    @Test
    void showsNeitherCredentialsNorPathNorQuery() {
        LiveAddress address = LiveAddress.parse("rtmp://user:secret@server.example/app/key?token=1", null, null);
        assertThat(address).hasToString("rtmp://server.example:1935/");
        assertThat(address.hasCredentials()).isTrue();
        assertThat(address.hasPath()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "file:/etc/passwd",
                "ftp://host.example/",
                "jar:http://host.example/!/",
                "data:video/mp4;base64,AAAA",
                "concat:http://a.example/|file:///etc/passwd",
                "subfile,,start,0,end,9,,:http://a.example/",
                "pipe:0",
                "tcp://host.example:80",
                "unix:///run/socket",
                "lavfi:testsrc",
                "gopher://host.example/",
                "\\\\host\\share",
                " http://host.example/",
                "http://host.example/\u0000",
                "http://host.example/\r\nX: y",
                "http://host.example/a b",
                "http:///path",
                "http:host.example",
                "//host.example/",
                "http://2130706434/",
                "http://0x7f000002/",
                "http://0177.0.0.2/",
                "http://127.2/",
                "http://[fe80::1%25lo]/",
                "http://host.example:0/",
                "http://host.example:x/",
                "http://host.example:70000/",
                "http://u:p@ss@host.example/",
                "rtsp://***@host.example/",
                "srt://host.example",
                "srt://host.example:9000?mode=listener",
                "",
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> LiveAddress.parse(text, null, null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type().status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "udp://host.example:5000",
                "rtp://host.example:5000",
                "rtspu://host.example/live",
                "rtsp://host.example/live?udp",
                "rtsp://host.example/live?channel=1&UDP",
                "rtsp://host.example/live?multicast",
            })
    void saysThatUdpIsNotSupported(String text) {
        assertThatThrownBy(() -> LiveAddress.parse(text, null, null))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.key())
                        .isEqualTo("live-udp"));
    }
}
