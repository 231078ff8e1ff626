package io.regie.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {

    @ParameterizedTest
    @CsvSource({
        "mp4, video/mp4, true",
        "m4a, audio/mp4, true",
        "jpg, image/jpeg, true",
        "webp, image/webp, true",
        "vtt, text/vtt, true",
        "m3u8, application/vnd.apple.mpegurl, true",
        "mpd, application/dash+xml, true",
        "pdf, application/pdf, false",
        "mkv, video/x-matroska, false"
    })
    void knowsTypesBothWays(String extension, String type, boolean inline) {
        assertThat(MediaTypes.ofExtension(extension)).isEqualTo(type);
        assertThat(MediaTypes.extension(type)).hasValue(extension);
        assertThat(MediaTypes.inline(type)).isEqualTo(inline);
    }

    @Test
    void ignoresParameters() {
        assertThat(MediaTypes.extension("video/mp4; codecs=\"avc1\"")).hasValue("mp4");
    }

    @Test
    void servesTheUnknownAsBytes() {
        assertThat(MediaTypes.ofName("aa/bb/x.html")).isEqualTo("application/octet-stream");
        assertThat(MediaTypes.ofName("no-extension")).isEqualTo("application/octet-stream");
        assertThat(MediaTypes.inline("text/html")).isFalse();
        assertThat(MediaTypes.inline("image/svg+xml")).isFalse();
    }
}
