package io.regie.ffmpeg;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of file that are opened at all, told by their first bytes. Each allows only its own demuxers, so a file that
 * begins as one thing is never parsed as another, and text never reaches libav.
 */
enum Signature {
    ISO_MEDIA("mp4", "mov", "mp4", "m4a", "3gp", "3g2", "mj2"),
    MATROSKA("matroska", "matroska", "webm"),
    MPEG_TS("mpegts", "mpegts"),
    MPEG_PS("mpeg", "mpeg"),
    AVI("avi", "avi"),
    FLV("flv", "flv"),
    ASF("asf", "asf"),
    OGG("ogg", "ogg"),
    /** An ID3 tag may precede each of them. */
    MPEG_AUDIO("mp3", "mp3", "aac", "flac"),
    FLAC("flac", "flac"),
    WAV("wav", "wav"),
    AIFF("aiff", "aiff"),
    PNG("png", "png_pipe"),
    JPEG("jpeg", "jpeg_pipe"),
    GIF("gif", "gif"),
    WEBP("webp", "webp_pipe"),
    BMP("bmp", "bmp_pipe"),
    TIFF("tiff", "tiff_pipe"),
    AVIF("avif", "mov", "mp4");

    /** Three transport stream packets of the longer kind, and room to find a Matroska document type. */
    private static final int LENGTH = 1024;

    private static final List<String> QUICKTIME_BOXES = List.of("ftyp", "moov", "mdat", "wide", "free", "skip", "pnot");

    /** Short name of the container. */
    final String format;

    /** Demuxers allowed for it. */
    final Set<String> demuxers;

    Signature(String format, String... demuxers) {
        this.format = format;
        this.demuxers = Set.of(demuxers);
    }

    boolean isImage() {
        return ordinal() >= PNG.ordinal();
    }

    static Optional<Signature> find(Path file) throws IOException {
        return of(start(file));
    }

    static byte[] start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LENGTH);
        }
    }

    static Optional<Signature> of(byte[] start) {
        return Optional.ofNullable(recognise(start));
    }

    private static @Nullable Signature recognise(byte[] start) {
        String text = new String(start, ISO_8859_1);
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return GIF;
        }
        if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
            return TIFF;
        }
        if ((text.startsWith("RIFF") || text.startsWith("RF64")) && text.length() > 12) {
            return switch (text.substring(8, 12)) {
                case "AVI " -> AVI;
                case "WAVE" -> WAV;
                case "WEBP" -> WEBP;
                default -> null;
            };
        }
        if (text.length() > 12 && QUICKTIME_BOXES.contains(text.substring(4, 8))) {
            return isAvif(text) ? AVIF : ISO_MEDIA;
        }
        if (text.startsWith("\u001a\u0045\u00df\u00a3")) {
            return MATROSKA;
        }
        if (text.startsWith("OggS")) {
            return OGG;
        }
        if (text.startsWith("fLaC")) {
            return FLAC;
        }
        if (text.startsWith("FLV\u0001")) {
            return FLV;
        }
        if (text.startsWith("FORM")
                && text.length() > 12
                && text.substring(8, 11).equals("AIF")) {
            return AIFF;
        }
        if (text.startsWith("\u0030\u0026\u00b2\u0075\u008e\u0066\u00cf\u0011")) {
            return ASF;
        }
        if (text.startsWith("\0\0\u0001\u00ba")) {
            return MPEG_PS;
        }
        if (repeats(text, 0, 188) || repeats(text, 4, 192)) {
            return MPEG_TS;
        }
        if (text.startsWith("ID3") || isMpegAudioFrame(start)) {
            return MPEG_AUDIO;
        }
        // Two letters are little evidence, so the rest of the header has to fit as well.
        if (text.startsWith("BM") && text.length() > 30 && text.startsWith("\0\0\0\0", 6)) {
            return BMP;
        }
        return null;
    }

    /** Transport stream packets begin with a sync byte each. */
    private static boolean repeats(String text, int offset, int packet) {
        for (int i = 0; i < 3; i++) {
            int at = offset + i * packet;
            if (at >= text.length() || text.charAt(at) != 'G') {
                return false;
            }
        }
        return true;
    }

    /** A frame header of MPEG audio or ADTS with no reserved value in it. */
    private static boolean isMpegAudioFrame(byte[] start) {
        if (start.length < 4 || (start[0] & 0xFF) != 0xFF || (start[1] & 0xE0) != 0xE0) {
            return false;
        }
        boolean adts = (start[1] & 0xF6) == 0xF0;
        boolean reserved = (start[1] & 0x18) == 0x08 || (start[1] & 0x06) == 0;
        boolean badRate = (start[2] & 0xF0) == 0xF0 || (start[2] & 0x0C) == 0x0C;
        return adts ? (start[2] & 0x3C) >> 2 < 13 : !reserved && !badRate;
    }

    private static boolean isAvif(String text) {
        if (!text.startsWith("ftyp", 4)) {
            return false;
        }
        String brand = text.substring(8, 12);
        int size = Math.min(text.length(), (text.charAt(2) << 8) + text.charAt(3));
        return brand.equals("avif")
                || (brand.equals("mif1")
                        && text.substring(12, Math.max(12, size)).contains("avif"));
    }

    /** The media type of a file of this kind. */
    String mediaType(byte[] start, boolean hasVideo) {
        return switch (this) {
            case ISO_MEDIA -> !hasVideo ? "audio/mp4" : isQuickTime(start) ? "video/quicktime" : "video/mp4";
            case MATROSKA -> (hasVideo ? "video/" : "audio/") + (isWebm(start) ? "webm" : "x-matroska");
            case MPEG_TS -> "video/mp2t";
            case MPEG_PS -> "video/mpeg";
            case AVI -> "video/x-msvideo";
            case FLV -> "video/x-flv";
            case ASF -> hasVideo ? "video/x-ms-wmv" : "audio/x-ms-wma";
            case OGG -> hasVideo ? "video/ogg" : "audio/ogg";
            case MPEG_AUDIO -> "audio/mpeg";
            case FLAC -> "audio/flac";
            case WAV -> "audio/wav";
            case AIFF -> "audio/aiff";
            case PNG -> "image/png";
            case JPEG -> "image/jpeg";
            case GIF -> "image/gif";
            case WEBP -> "image/webp";
            case BMP -> "image/bmp";
            case TIFF -> "image/tiff";
            case AVIF -> "image/avif";
        };
    }

    private static boolean isQuickTime(byte[] start) {
        String text = new String(start, ISO_8859_1);
        return !text.startsWith("ftyp", 4) || text.startsWith("qt  ", 8);
    }

    /** The document type is element 0x4282 of the EBML header. */
    private static boolean isWebm(byte[] start) {
        String text = new String(start, 0, Math.min(start.length, 64), ISO_8859_1);
        return text.contains("\u0042\u0082\u0084webm");
    }
}
