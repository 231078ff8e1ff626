package io.regie.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Facts of one encoded version: a fragmented MP4 file (CMAF, ISO/IEC 23000-19) with exactly one track, from which the
 * core composes HLS (RFC 8216) and DASH manifests. Nobody else writes manifests.
 *
 * @param kind video or audio
 * @param codecs RFC 6381 string, {@code avc1.64001f} or {@code mp4a.40.2}
 * @param width in square pixels, 0 for audio
 * @param height in square pixels, 0 for audio
 * @param frameRate average frames per second, 0 for audio
 * @param channels audio channels, 0 for video
 * @param sampleRate audio samples per second, 0 for video
 * @param language BCP 47 of an audio track, null when unknown
 * @param peakBandwidth bit/s of the largest segment; nominal while the rendition grows
 * @param averageBandwidth bit/s over the whole file; nominal while the rendition grows
 * @param initialization where {@code ftyp} and {@code moov} are in the file
 * @param segments in order, without holes in the file; empty while the rendition grows
 */
public record Rendition(
        TrackKind kind,
        String codecs,
        int width,
        int height,
        double frameRate,
        int channels,
        int sampleRate,
        @Nullable String language,
        long peakBandwidth,
        long averageBandwidth,
        ByteRange initialization,
        List<Segment> segments) {

    public Rendition {
        segments = List.copyOf(segments);
    }

    /** A video rendition that has not begun. */
    public static Rendition video(
            String codecs, int width, int height, double frameRate, long nominalBandwidth, ByteRange initialization) {
        return new Rendition(
                TrackKind.VIDEO,
                codecs,
                width,
                height,
                frameRate,
                0,
                0,
                null,
                nominalBandwidth,
                nominalBandwidth,
                initialization,
                List.of());
    }

    /** An audio rendition that has not begun. */
    public static Rendition audio(
            String codecs,
            int channels,
            int sampleRate,
            @Nullable String language,
            long nominalBandwidth,
            ByteRange initialization) {
        return new Rendition(
                TrackKind.AUDIO,
                codecs,
                0,
                0,
                0,
                channels,
                sampleRate,
                language,
                nominalBandwidth,
                nominalBandwidth,
                initialization,
                List.of());
    }

    /** This rendition whole, with bandwidths measured from its segments. */
    public Rendition finished(List<Segment> allSegments) {
        double peak = 0;
        double bytes = 0;
        double seconds = 0;
        for (Segment segment : allSegments) {
            double length = Math.max(segment.duration().toNanos() / 1e9, 1e-3);
            // A short last segment would quote a rate that no buffer ever sees.
            if (length >= 1 || allSegments.size() == 1) {
                peak = Math.max(peak, segment.range().length() * 8 / length);
            }
            bytes += segment.range().length();
            seconds += length;
        }
        long average = seconds > 0 ? Math.round(bytes * 8 / seconds) : averageBandwidth;
        return new Rendition(
                kind,
                codecs,
                width,
                height,
                frameRate,
                channels,
                sampleRate,
                language,
                Math.max(Math.round(peak), average),
                average,
                initialization,
                allSegments);
    }
}
