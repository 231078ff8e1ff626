package io.regie.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyRequestTest {

    @Test
    void namesItsServerAndAsksAsThatExpects() throws IOException {
        ProxyRequest request = read("GET http://media.example:8080/a b?x=1|2 HTTP/1.1\r\n");
        assertThat(request).isNull();
        request = read("GET http://media.example:8080/a?x=1|2 HTTP/1.1\r\nHost: media.example:8080\r\n"
                + "Connection: keep-alive\r\nProxy-Connection: keep-alive\r\nRange: bytes=0-\r\n");
        assertThat(request.target()).isEqualTo(new ProxyRequest.Target("media.example", 8080));
        assertThat(request.tunnel()).isFalse();
        assertThat(new String(request.head(), StandardCharsets.ISO_8859_1))
                .isEqualTo("GET /a?x=1|2 HTTP/1.1\r\nHost: media.example:8080\r\nRange: bytes=0-\r\n"
                        + "Connection: close\r\n\r\n");
    }

    @Test
    void knowsTheUsualPortAndPath() throws IOException {
        ProxyRequest request = read("GET http://media.example HTTP/1.1\r\n");
        assertThat(request.target()).isEqualTo(new ProxyRequest.Target("media.example", 80));
        assertThat(new String(request.head(), StandardCharsets.ISO_8859_1)).startsWith("GET / HTTP/1.1\r\n");
        assertThat(new String(read("GET http://media.example?a HTTP/1.0\r\n").head(), StandardCharsets.ISO_8859_1))
                .startsWith("GET /?a HTTP/1.1\r\n");
    }

    @Test
    void tunnelsToAnAddress() throws IOException {
        assertThat(read("CONNECT [2620:fe::fe]:443 HTTP/1.1\r\n").target())
                .isEqualTo(new ProxyRequest.Target("[2620:fe::fe]", 443));
        assertThat(read("CONNECT media.example:443 HTTP/1.1\r\n").tunnel()).isTrue();
    }

    @Test
    void leavesWhatFollowsTheHead() throws IOException {
        InputStream in = new ByteArrayInputStream(
                "CONNECT a.example:443 HTTP/1.1\r\n\r\nbytes".getBytes(StandardCharsets.US_ASCII));
        assertThat(ProxyRequest.read(in)).isNotNull();
        assertThat(in.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /path HTTP/1.1\r\n",
                "GET ftp://media.example/ HTTP/1.1\r\n",
                "GET http:///path HTTP/1.1\r\n",
                "GET http://a_b:x/ HTTP/1.1\r\n",
                "CONNECT media.example HTTP/1.1\r\n",
                "CONNECT media.example:https HTTP/1.1\r\n",
                "GET http://media.example/ RTSP/1.0\r\n",
                "GET\r\n",
                "",
            })
    void understandsNothingElse(String head) throws IOException {
        assertThat(read(head)).isNull();
    }

    @Test
    void readsNoEndlessHead() throws IOException {
        assertThat(read("GET http://a.example/ HTTP/1.1\r\n" + "X: y\r\n".repeat(10_000)))
                .isNull();
    }

    private static ProxyRequest read(String head) throws IOException {
        return ProxyRequest.read(new ByteArrayInputStream((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
    }
}
