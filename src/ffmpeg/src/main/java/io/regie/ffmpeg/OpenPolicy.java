package io.regie.ffmpeg;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may be opened and how much may be spent on looking at it. Without the format list a DASH manifest named
 * {@code .mp4} makes libav open any other file by its absolute path; the protocol list alone does not stop that.
 *
 * @param formats names of demuxers; playlists, manifests, scripts and image sequences are never among them
 * @param codecs names of decoders
 * @param maxStreams more are refused while the header is read
 * @param maxPixels of a decoded picture
 * @param probeBytes read at most to find out about streams
 * @param analyzeDuration of media looked at, at most
 */
public record OpenPolicy(
        Set<String> formats,
        Set<String> codecs,
        int maxStreams,
        long maxPixels,
        long probeBytes,
        Duration analyzeDuration) {

    private static final Set<String> CONTAINERS = Set.of(
            "mov",
            "mp4",
            "m4a",
            "3gp",
            "3g2",
            "mj2",
            "matroska",
            "webm",
            "mpegts",
            "mpeg",
            "avi",
            "flv",
            "ogg",
            "mp3",
            "aac",
            "flac",
            "wav",
            "aiff",
            "asf",
            "gif");

    private static final Set<String> PICTURES =
            Set.of("png_pipe", "jpeg_pipe", "webp_pipe", "bmp_pipe", "tiff_pipe", "gif", "mov", "mp4");

    private static final Set<String> CODECS = Set.of(
            "h264",
            "hevc",
            "vp8",
            "vp9",
            "libaom-av1",
            "av1",
            "mpeg1video",
            "mpeg2video",
            "mpeg4",
            "msmpeg4",
            "msmpeg4v2",
            "h263",
            "flv",
            "mjpeg",
            "prores",
            "dnxhd",
            "theora",
            "wmv2",
            "wmv3",
            "vc1",
            "gif",
            "png",
            "webp",
            "bmp",
            "tiff",
            "aac",
            "aac_latm",
            "mp3",
            "mp3float",
            "mp2",
            "mp2float",
            "ac3",
            "eac3",
            "dca",
            "opus",
            "libopus",
            "vorbis",
            "flac",
            "alac",
            "wmav2",
            "amrnb",
            "amrwb",
            "pcm_u8",
            "pcm_s8",
            "pcm_s16le",
            "pcm_s16be",
            "pcm_s24le",
            "pcm_s24be",
            "pcm_s32le",
            "pcm_s32be",
            "pcm_f32le",
            "pcm_f32be",
            "pcm_f64le",
            "pcm_alaw",
            "pcm_mulaw",
            "pcm_bluray",
            "pcm_dvd",
            "adpcm_ms",
            "adpcm_ima_wav");

    /** What cameras speak that nobody uploads. */
    private static final Set<String> LIVE_CODECS =
            Stream.concat(CODECS.stream(), Stream.of("g722", "g726", "g726le")).collect(Collectors.toUnmodifiableSet());

    public OpenPolicy {
        formats = Set.copyOf(formats);
        codecs = Set.copyOf(codecs);
    }

    /** For originals that people uploaded: sound and moving pictures. */
    public static OpenPolicy media() {
        return new OpenPolicy(CONTAINERS, CODECS, 32, 8192L * 4320, 32L << 20, Duration.ofSeconds(10));
    }

    /** For single images: logos, posters, covers. */
    public static OpenPolicy pictures() {
        return new OpenPolicy(PICTURES, CODECS, 4, 64_000_000, 32L << 20, Duration.ofSeconds(1));
    }

    /** For files that we wrote ourselves a moment ago. */
    public static OpenPolicy ownMp4() {
        return new OpenPolicy(
                Set.of("mov", "mp4"), Set.of("h264", "aac"), 4, 8192L * 4320, 8L << 20, Duration.ofSeconds(5));
    }

    /** For live streams: what the protocol can carry, looked at for a few seconds. */
    static OpenPolicy live(Set<String> formats) {
        return new OpenPolicy(formats, LIVE_CODECS, 16, 8192L * 4320, 5L << 20, Duration.ofSeconds(3));
    }

    /** For files that a recorder wrote, with whatever the source sent. */
    static OpenPolicy recording() {
        return new OpenPolicy(
                Set.of("mov", "mp4", "matroska"), LIVE_CODECS, 4, 8192L * 4320, 8L << 20, Duration.ofSeconds(5));
    }

    String formatList() {
        return String.join(",", formats);
    }

    String codecList() {
        return String.join(",", codecs);
    }
}
