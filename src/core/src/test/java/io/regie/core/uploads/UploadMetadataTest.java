package io.regie.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regie.core.access.Visibility;
import io.regie.core.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadMetadataTest {

    @Test
    void readsWhatItKnowsAndIgnoresTheRest() {
        UploadMetadata metadata = UploadMetadata.parse("filename " + base64("été.mp4") + ", title " + base64("Summer")
                + ",visibility " + base64("unlisted") + ",filetype " + base64("text/html") + ",is_flag");
        assertThat(metadata.filename()).isEqualTo("été.mp4");
        assertThat(metadata.title()).isEqualTo("Summer");
        assertThat(metadata.visibility()).hasValue(Visibility.UNLISTED);
    }

    @Test
    void needsNothing() {
        for (String header : new String[] {null, "", "  ", "filename"}) {
            UploadMetadata metadata = UploadMetadata.parse(header);
            assertThat(metadata.filename()).isEqualTo("untitled");
            assertThat(metadata.title()).isNull();
            assertThat(metadata.visibility()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../x",
                "..\\x",
                "/etc/passwd",
                "C:\\x",
                "x;y",
                "a%03d.jpg",
                "CON",
                "x.mp4.",
                "😀.mp4",
                "e\u0301.mp4",
                "\u202Egnp.exe"
            })
    void takesEveryNameAsALabel(String name) {
        assertThat(UploadMetadata.parse("filename " + base64(name)).filename()).isEqualTo(name);
    }

    @Test
    void keepsControlCharactersOut() {
        assertThat(UploadMetadata.parse("filename " + base64("a\u0000b\r\nc\u001b[31m\u2028d"))
                        .filename())
                .isEqualTo("a b  c [31m d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"filename ???", "filename YQ== x", ",", "a YQ==,,b YQ==", "filename /w==", "a YQ==,a YQ=="})
    void refusesWhatIsMalformed(String header) {
        assertThatThrownBy(() -> UploadMetadata.parse(header))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("metadata-malformed");
    }

    @Test
    void refusesTooMuch() {
        String keys = IntStream.range(0, 10_000).mapToObj(i -> "k" + i).collect(Collectors.joining(","));
        assertThatThrownBy(() -> UploadMetadata.parse(keys)).hasMessageContaining("metadata-too-long");
        assertThatThrownBy(() -> UploadMetadata.parse("filename " + base64("a".repeat(256))))
                .hasMessageContaining("metadata-too-long");
        assertThatThrownBy(() -> UploadMetadata.parse("title " + base64("a".repeat(301))))
                .hasMessageContaining("metadata-too-long");
        assertThat(UploadMetadata.parse("filename " + base64("a".repeat(255))).filename())
                .hasSize(255);
    }

    @Test
    void refusesAnUnknownVisibility() {
        assertThatThrownBy(() -> UploadMetadata.parse("visibility " + base64("secret")))
                .hasMessageContaining("visibility-unknown");
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}
