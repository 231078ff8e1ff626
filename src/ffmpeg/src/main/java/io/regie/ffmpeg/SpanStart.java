package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.regie.spi.MediaFile;
import io.regie.spi.Track;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * An original, ready to be read from the key frame that a span needs. Where a format seeks without knowing its key frames,
 * it is found from further and further back, in the end from the beginning.
 *
 * @param source to be closed
 * @param key when the key frame is shown; {@code UNKNOWN} for the first there is
 * @param standing when the picture began that stands where the span begins; {@code UNKNOWN} when there is none yet
 */
record SpanStart(Source source, long key, long standing) implements AutoCloseable {

    static final long UNKNOWN = Long.MIN_VALUE;

    /** Sound needs a little that comes before. */
    private static final double[] STEPS_BACK = {1, 4, 15, 60};

    /** What packets say, without being decoded. */
    private static final class Look {
        private long key = UNKNOWN;
        private long standing = UNKNOWN;
    }

    static SpanStart open(MediaFile original, double from, BooleanSupplier cancelled) throws FFmpegException {
        Source source = Source.open(original, cancelled);
        SpanStart found = null;
        try {
            found = sought(source, from);
        } finally {
            if (found == null) {
                source.close();
            }
        }
        return found == null ? first(original, from, cancelled) : found;
    }

    private static @Nullable SpanStart sought(Source source, double from) throws FFmpegException {
        // Packets of sound are read faster than many formats find the right one.
        if (source.video().isEmpty()) {
            return new SpanStart(source, UNKNOWN, UNKNOWN);
        }
        Span span = Span.of(source, from, from);
        int track = source.video().get().index();
        for (double back : STEPS_BACK) {
            if (back >= from) {
                return null;
            }
            long target = span.start() - span.timeBase().atOrAfter(back);
            if (seek(source, track, target)) {
                Look look = look(source, track, span.start());
                if (look.key != UNKNOWN && seek(source, track, target)) {
                    return new SpanStart(source, look.key, look.standing);
                }
            }
        }
        return null;
    }

    private static SpanStart first(MediaFile original, double from, BooleanSupplier cancelled) throws FFmpegException {
        long standing;
        try (Source source = Source.open(original, cancelled)) {
            int track = source.video().map(Track::index).orElse(-1);
            standing = look(source, track, Span.of(source, from, from).start()).standing;
        }
        return new SpanStart(Source.open(original, cancelled), UNKNOWN, standing);
    }

    private static boolean seek(Source source, int track, long target) {
        try {
            source.input().seek(track, target);
            return true;
        } catch (FFmpegException e) {
            return false;
        }
    }

    private static Look look(Source source, int track, long time) throws FFmpegException {
        Look look = new Look();
        AVPacket packet = av_packet_alloc();
        try {
            boolean passed = false;
            while (!passed && source.input().read(packet)) {
                if (packet.stream_index() == track && packet.pts() != AV_NOPTS_VALUE) {
                    boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
                    boolean later = packet.pts() > time;
                    if (!later) {
                        look.key = key ? packet.pts() : look.key;
                        look.standing = Math.max(look.standing, packet.pts());
                    }
                    passed = (key && later) || (packet.dts() != AV_NOPTS_VALUE && packet.dts() > time);
                }
                av_packet_unref(packet);
            }
        } finally {
            av_packet_free(packet);
        }
        return look;
    }

    /** Whether this is where the pictures begin. */
    boolean begins(AVPacket packet) {
        return (packet.flags() & AV_PKT_FLAG_KEY) != 0 && (key == UNKNOWN || packet.pts() == key);
    }

    @Override
    public void close() {
        source.close();
    }
}
