package io.regie.core.uploads;

import io.regie.core.storage.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a file is by its first bytes. A first sieve only: it keeps text that pretends to be media (playlists, lists of
 * files, markup) away from every parser; the probe decides whether the rest is true.
 */
public record MagicBytes(String mediaType, String extension) {

    /** Enough for several packets of a transport stream and frames of raw audio. */
    private static final int HEAD = 8192;

    private static final int TRANSPORT_PACKET = 188;
    private static final int TIMESTAMPED_PACKET = 192;

    static Optional<MagicBytes> of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(HEAD));
        }
    }

    public static Optional<MagicBytes> of(byte[] head) {
        return type(new Bytes(head))
                .map(type -> new MagicBytes(type, MediaTypes.extension(type).orElseThrow()));
    }

    private static Optional<String> type(Bytes head) {
        if (head.at(4, "ftyp")) {
            return Optional.of(brand(head));
        }
        if (head.at(4, "moov") || head.at(4, "mdat") || head.at(4, "wide") || head.at(4, "free") && head.at(0, 0)) {
            return Optional.of("video/quicktime");
        }
        if (head.at(0, 0x1a, 0x45, 0xdf, 0xa3)) {
            return Optional.of(head.within(64, "webm") ? "video/webm" : "video/x-matroska");
        }
        if (head.at(0, "RIFF") || head.at(0, "RF64")) {
            return riff(head);
        }
        if (head.at(0, "OggS")) {
            return Optional.of(head.within(128, "theora") ? "video/ogg" : "audio/ogg");
        }
        if (head.at(0, "FORM") && (head.at(8, "AIFF") || head.at(8, "AIFC"))) {
            return Optional.of("audio/aiff");
        }
        if (head.at(0, "FLV", 1)) {
            return Optional.of("video/x-flv");
        }
        if (head.at(0, 0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11)) {
            return Optional.of("video/x-ms-asf");
        }
        if (head.at(0, 0, 0, 1, 0xba) || head.at(0, 0, 0, 1, 0xb3)) {
            return Optional.of("video/mpeg");
        }
        if (transportStream(head, 0, TRANSPORT_PACKET) || transportStream(head, 4, TIMESTAMPED_PACKET)) {
            return Optional.of("video/mp2t");
        }
        return image(head).or(() -> document(head)).or(() -> audio(head));
    }

    private static String brand(Bytes head) {
        if (head.at(8, "M4A ") || head.at(8, "M4B ")) {
            return "audio/mp4";
        }
        if (head.at(8, "avif") || head.at(8, "avis")) {
            return "image/avif";
        }
        if (head.at(8, "heic")
                || head.at(8, "heix")
                || head.at(8, "mif1")
                || head.at(8, "msf1")
                || head.at(8, "heim")) {
            // The first brand can be the general one; the codec's own then follows among the compatible ones.
            return head.within(64, "avif") ? "image/avif" : "image/heic";
        }
        return head.at(8, "qt  ") ? "video/quicktime" : "video/mp4";
    }

    private static Optional<String> riff(Bytes head) {
        if (head.at(8, "WAVE")) {
            return Optional.of("audio/wav");
        }
        if (head.at(8, "AVI ")) {
            return Optional.of("video/x-msvideo");
        }
        return head.at(8, "WEBP") ? Optional.of("image/webp") : Optional.empty();
    }

    private static Optional<String> image(Bytes head) {
        if (head.at(0, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a)) {
            return Optional.of("image/png");
        }
        if (head.at(0, 0xff, 0xd8, 0xff)) {
            return Optional.of("image/jpeg");
        }
        if (head.at(0, "GIF87a") || head.at(0, "GIF89a")) {
            return Optional.of("image/gif");
        }
        return head.at(0, 'I', 'I', 42, 0) || head.at(0, 'M', 'M', 0, 42)
                ? Optional.of("image/tiff")
                : Optional.empty();
    }

    private static Optional<String> document(Bytes head) {
        return head.at(0, "%PDF-") ? Optional.of("application/pdf") : Optional.empty();
    }

    private static Optional<String> audio(Bytes head) {
        if (head.at(0, "fLaC")) {
            return Optional.of("audio/flac");
        }
        if (head.at(0, "ID3")) {
            int frames = 10 + head.synchsafe(6);
            return Optional.of(
                    adts(head, frames) ? "audio/aac" : head.at(frames, "fLaC") ? "audio/flac" : "audio/mpeg");
        }
        if (adts(head, 0)) {
            return Optional.of("audio/aac");
        }
        return mpegAudio(head, 0) ? Optional.of("audio/mpeg") : Optional.empty();
    }

    /** One sync byte is a capital G: only several in step are no text. */
    private static boolean transportStream(Bytes head, int first, int step) {
        int packets = 0;
        for (int at = first; at < head.length(); at += step) {
            if (head.at(at) != 0x47) {
                return false;
            }
            packets++;
        }
        return packets >= 3;
    }

    /** Two frames in a row, because twelve set bits are not much of a signature. */
    private static boolean adts(Bytes head, int at) {
        int length = adtsLength(head, at);
        return length > 7 && (at + length + 7 > head.length() || adtsLength(head, at + length) > 7);
    }

    private static int adtsLength(Bytes head, int at) {
        if (head.at(at) != 0xff || (head.at(at + 1) & 0xf6) != 0xf0) {
            return -1;
        }
        return (head.at(at + 3) & 3) << 11 | head.at(at + 4) << 3 | head.at(at + 5) >> 5;
    }

    private static boolean mpegAudio(Bytes head, int at) {
        int length = mpegAudioLength(head, at);
        return length > 0 && (at + length + 4 > head.length() || mpegAudioLength(head, at + length) > 0);
    }

    /** Layer III, the only one still about: bit rates and sampling rates of ISO 11172-3 and 13818-3. */
    private static int mpegAudioLength(Bytes head, int at) {
        int version = head.at(at + 1) >> 3 & 3;
        int rate = head.at(at + 2) >> 4;
        int sampling = head.at(at + 2) >> 2 & 3;
        boolean sync = head.at(at) == 0xff && (head.at(at + 1) & 0xe6) == 0xe2;
        if (!sync || version == 1 || rate == 0 || rate == 15 || sampling == 3) {
            return -1;
        }
        int[] first = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
        int[] second = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
        int[] hertz = {44100, 48000, 32000};
        boolean one = version == 3;
        int divisor = one ? 1 : version == 2 ? 2 : 4;
        int padding = head.at(at + 2) >> 1 & 1;
        return (one ? 144 : 72) * (one ? first : second)[rate] * 1000 / (hertz[sampling] / divisor) + padding;
    }

    /** Bytes that can be asked beyond their end. */
    private record Bytes(byte[] bytes) {

        int length() {
            return bytes.length;
        }

        /** Unsigned, or -1 beyond the end. */
        int at(int index) {
            return index >= 0 && index < bytes.length ? bytes[index] & 0xff : -1;
        }

        boolean at(int index, int... expected) {
            for (int i = 0; i < expected.length; i++) {
                if (at(index + i) != expected[i]) {
                    return false;
                }
            }
            return true;
        }

        boolean at(int index, String ascii, int... after) {
            byte[] expected = ascii.getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < expected.length; i++) {
                if (at(index + i) != expected[i]) {
                    return false;
                }
            }
            return at(index + expected.length, after);
        }

        boolean within(int end, String ascii) {
            int length = Math.min(end, bytes.length);
            return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains(ascii);
        }

        int synchsafe(int index) {
            return (at(index) & 0x7f) << 21
                    | (at(index + 1) & 0x7f) << 14
                    | (at(index + 2) & 0x7f) << 7
                    | at(index + 3) & 0x7f;
        }
    }
}
