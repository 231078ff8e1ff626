package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import io.regie.ffmpeg.Picture.Format;
import io.regie.ffmpeg.Picture.Written;
import io.regie.ffmpeg.RefusedMediaException.Reason;
import io.regie.spi.MediaFile;
import io.regie.spi.Track;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Writes the frame that a video shows at a time: the last one at or before it, as it is to be shown. */
public final class FrameAt implements AutoCloseable {

    /** Players report times in floating point: a paused frame may seem to begin a moment after where it stands. */
    private static final long TOLERANCE_MICROS = 1000;

    private static final long[] STEPS_BACK = {0, 2_000_000, 10_000_000, 60_000_000, Long.MAX_VALUE / 2};

    private final Source source;
    private final Track track;
    private final AVFrame shown = av_frame_alloc();
    private boolean found;
    private boolean passed;
    /** The time of the first frame that was seen. */
    private long first;

    private FrameAt(Source source, Track track) {
        this.source = source;
        this.track = track;
    }

    /**
     * @param seconds from where the article begins to play; beyond the end, the last frame is taken
     * @param maxWidth the picture is made smaller to fit, never larger
     * @throws RefusedMediaException when there is no picture to take
     * @throws IOException when the original is not what the probe found, or the result cannot be written
     */
    public static Written write(
            MediaFile original, double seconds, Path out, Format format, int maxWidth, int maxHeight)
            throws RefusedMediaException, IOException {
        try (Source source = Source.open(original, () -> false)) {
            Track track = source.video()
                    .orElseThrow(() -> new RefusedMediaException(Reason.NO_MEDIA, "There is no video in this file."));
            try (FrameAt search = new FrameAt(source, track)) {
                if (!search.find(seconds)) {
                    throw new RefusedMediaException(Reason.UNREADABLE, "There is no picture at this time.");
                }
                return search.write(out, format, maxWidth, maxHeight);
            }
        }
    }

    /** From the key frame before; where a format seeks without knowing its key frames, from further and further back. */
    private boolean find(double seconds) throws FFmpegException {
        TimeBase ticks = TimeBase.of(source.input().stream(track.index()).time_base());
        long micros = Math.max(0, Math.round(seconds * 1e6)) + TOLERANCE_MICROS;
        long origin = source.origin(ticks);
        long wanted = origin + ticks.from(micros, TimeBase.MICROSECONDS);
        for (long back : STEPS_BACK) {
            long from = origin + ticks.from(Math.max(0, micros - back), TimeBase.MICROSECONDS);
            try {
                source.input().seek(track.index(), from);
                decode(wanted);
            } catch (FFmpegException e) {
                found = false;
            }
            if (found && (first <= wanted || from == origin)) {
                return true;
            }
        }
        return found;
    }

    private void decode(long wanted) throws FFmpegException {
        found = false;
        passed = false;
        boolean keyed = false;
        AVPacket packet = av_packet_alloc();
        try (Decoder decoder = Decoder.open(
                source.input().stream(track.index()), source.input().policy(), 1)) {
            while (!passed && source.input().read(packet)) {
                boolean own = packet.stream_index() == track.index();
                keyed |= own && (packet.flags() & AV_PKT_FLAG_KEY) != 0;
                if (own && keyed) {
                    decoder.decode(packet, frame -> look(frame, wanted));
                }
                av_packet_unref(packet);
            }
            if (!passed) {
                decoder.decode(null, frame -> look(frame, wanted));
            }
        } finally {
            av_packet_free(packet);
        }
    }

    private void look(AVFrame frame, long wanted) throws FFmpegException {
        long time = frame.best_effort_timestamp();
        boolean late = time != AV_NOPTS_VALUE && time > wanted;
        if (!passed && (!late || !found)) {
            if (!found) {
                first = time;
            }
            av_frame_unref(shown);
            FFmpegException.check(av_frame_ref(shown, frame), "keep a frame");
            found = true;
        }
        passed |= late;
    }

    private Written write(Path out, Format format, int maxWidth, int maxHeight) throws IOException {
        try (Canvas canvas =
                DisplaySize.ofStored(track).within(maxWidth, maxHeight).draw(shown)) {
            long bytes =
                    switch (format) {
                        case WEBP -> ImageEncoder.writeWebp(canvas, out);
                        case JPEG -> ImageEncoder.writeJpeg(canvas, out);
                        case PNG -> ImageEncoder.writePng(canvas, out);
                    };
            return new Written(canvas.width(), canvas.height(), bytes);
        }
    }

    @Override
    public void close() {
        av_frame_free(shown);
    }
}
