package io.regie.core.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RTSP/1.0 302 Found\r\nLocation: rtsp://127.0.0.2/\r\n\r\n",
                "RTSP/1.0 200 OK\r\n\r\nRTSP/1.0 301 Moved\r\n\r\n",
                "$\u0000\u0000\u0001XRTSP/1.0 302 Found\r\n",
                "RTSP/ \t302",
                "RTSP/1.0 0302 Found",
                "RTSP/1.0 +302 Found",
                "RRTSP/9 300 ",
            })
    void stopsRedirectsHoweverTheyArrive(String answer) {
        assertThat(lets(answer, answer.length())).isFalse();
        assertThat(lets(answer, 1)).isFalse();
        assertThat(lets(answer, 3)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RTSP/1.0 200 OK\r\nCSeq: 3\r\n\r\n",
                "RTSP/1.0 401 Unauthorized\r\nCSeq: 3\r\n\r\n",
                "HTTP/1.1 302 Found\r\n",
                "a=x RTSP/1.0\r\n3",
            })
    void letsEverythingElsePass(String answer) {
        assertThat(lets(answer, 1)).isTrue();
    }

    private static boolean lets(String answer, int pieces) {
        Passing passing = new Passing.NoRedirects();
        byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i += pieces) {
            if (!passing.lets(ByteBuffer.wrap(bytes, i, Math.min(pieces, bytes.length - i)))) {
                return false;
            }
        }
        return true;
    }
}
