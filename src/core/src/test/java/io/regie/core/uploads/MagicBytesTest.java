package io.regie.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MagicBytesTest {

    @ParameterizedTest
    @CsvSource({
        "0000001c66747970 69736f6d, video/mp4, mp4",
        "0000001c66747970 6d703432, video/mp4, mp4",
        "0000001c66747970 71742020, video/quicktime, mov",
        "0000001c66747970 4d344120, audio/mp4, m4a",
        "0000001c66747970 61766966, image/avif, avif",
        "0000001c66747970 68656963, image/heic, heic",
        "0000001c66747970 6d696631 00000000 61766966, image/avif, avif",
        "000000086d6f6f76, video/quicktime, mov",
        "1a45dfa3 9f428682 88 6d6174726f736b61, video/x-matroska, mkv",
        "1a45dfa3 9f428282 84 7765626d, video/webm, webm",
        "52494646 00000000 57415645, audio/wav, wav",
        "52494646 00000000 41564920, video/x-msvideo, avi",
        "52494646 00000000 57454250, image/webp, webp",
        "4f676753 0002, audio/ogg, ogg",
        "4f676753 0002 807468656f7261, video/ogg, ogv",
        "464f524d 00000000 41494646, audio/aiff, aiff",
        "464c5601, video/x-flv, flv",
        "3026b2758e66cf11, video/x-ms-asf, asf",
        "000001ba, video/mpeg, mpg",
        "664c6143, audio/flac, flac",
        "49443304000000000000 fffb9064, audio/mpeg, mp3",
        "49443304000000000000 fff15080, audio/mpeg, mp3",
        "89504e470d0a1a0a, image/png, png",
        "ffd8ffe0, image/jpeg, jpg",
        "474946383961, image/gif, gif",
        "49492a00, image/tiff, tiff",
        "255044462d312e37, application/pdf, pdf"
    })
    void knowsMediaByItsFirstBytes(String hex, String type, String extension) {
        assertThat(MagicBytes.of(HexFormat.of().parseHex(hex.replace(" ", ""))))
                .hasValue(new MagicBytes(type, extension));
    }

    @Test
    void knowsRawAudioByTwoFramesInStep() {
        assertThat(type(frames(new byte[] {(byte) 0xff, (byte) 0xf1, 0x50, (byte) 0x80, 0x10, 0x1f, (byte) 0xfc}, 128)))
                .hasValue("audio/aac");
        // Layer III, 128 kbit/s at 44.1 kHz: 417 bytes a frame.
        byte[] mp3 = {(byte) 0xff, (byte) 0xfb, (byte) 0x90, 0x64};
        assertThat(type(frames(mp3, 417))).hasValue("audio/mpeg");
        assertThat(type(frames(mp3, 400))).isEmpty();
    }

    @Test
    void knowsTransportStreamsBySyncBytesInStep() {
        assertThat(type(frames(new byte[] {0x47}, 188))).hasValue("video/mp2t");
        assertThat(type(frames(new byte[] {0, 0, 0, 0, 0x47}, 192))).hasValue("video/mp2t");
        assertThat(type("G is only a letter".repeat(40).getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
                "ffconcat version 1.0\nfile victim.mp4\n",
                "<?xml version=\"1.0\"?><MPD><BaseURL>file:///x</BaseURL></MPD>",
                "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\n",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                "<!DOCTYPE html><script>alert(1)</script>",
                "[Script Info]\nTitle: x\n",
                "push graphic-context\nimage over 0,0 0,0 'msl:x'\n",
                "%!PS-Adobe-3.0 EPSF-3.0\n",
                "FLV is a format, this is text",
                "RIFF without anything after it",
                "ID2 is no tag",
                "\u001b[31mterminal art\u001b[0m",
                "PK\u0003\u0004 a zip"
            })
    void letsNoTextPass(String text) {
        assertThat(type(text.getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
    }

    private static Optional<String> type(byte[] head) {
        return MagicBytes.of(head).map(MagicBytes::mediaType);
    }

    private static byte[] frames(byte[] header, int length) {
        byte[] bytes = new byte[2000];
        for (int at = 0; at + length <= bytes.length; at += length) {
            System.arraycopy(header, 0, bytes, at, header.length);
        }
        return Arrays.copyOf(bytes, 2000 / length * length);
    }
}
