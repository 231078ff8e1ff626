package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_clone;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the still that stands for a video while somebody else decodes it: the sharpest one that is not blank, dark or
 * from the very start. Belongs to the thread that offers.
 *
 * <p>Looks at few of the frames it is offered, and at more distant ones the longer the video is, so it may be offered
 * every one: a look takes about a millisecond, a refusal nothing.
 */
public final class PosterPicker implements AutoCloseable {

    /** Side of the grey copy that is judged: large enough to tell sharp from blurred. */
    private static final int LOOK_WIDTH = 320;

    private static final int LOOK_HEIGHT = 180;

    private static final double FIRST_INTERVAL = 1;

    /** After so many looks, the time between two doubles. */
    private static final int LOOKS = 30;

    /** Titles and fades fill the first seconds. */
    private static final double START_SECONDS = 2;

    private static final int MAX_SIDE = 1280;

    private final SwsContext scaler = sws_alloc_context();
    private final AVFrame look = av_frame_alloc();
    private @Nullable AVFrame best;
    private double bestScore = -1;
    private double due = Double.NEGATIVE_INFINITY;
    private double interval = FIRST_INTERVAL;
    private int looks;

    public PosterPicker() throws FFmpegException {
        scaler.flags(SWS_AREA).threads(1);
        look.format(AV_PIX_FMT_GRAY8).width(LOOK_WIDTH).height(LOOK_HEIGHT).color_range(AVCOL_RANGE_JPEG);
        int result = av_frame_get_buffer(look, 0);
        if (result < 0) {
            close();
        }
        check(result, "allocate a picture");
    }

    /** Whether a frame of this time would be looked at. */
    public boolean wants(double seconds) {
        return seconds >= due;
    }

    /**
     * Considers a decoded frame, which stays the caller's; of the best one a reference is kept.
     *
     * @param seconds from the start, ascending
     */
    public void offer(AVFrame frame, double seconds) throws FFmpegException {
        if (!wants(seconds)) {
            return;
        }
        check(sws_scale_frame(scaler, look, frame), "scale a frame");
        double score = score() * (seconds < START_SECONDS ? 0.5 : 1);
        if (score > bestScore) {
            AVFrame kept = av_frame_clone(frame);
            if (kept != null && !kept.isNull()) {
                release();
                best = kept;
                bestScore = score;
            }
        }
        due = seconds + interval;
        if (++looks % LOOKS == 0) {
            interval *= 2;
        }
    }

    /** Detail times exposure; next to nothing for frames that show next to nothing. */
    private double score() {
        int stride = look.linesize(0);
        ByteBuffer grey = look.data(0).capacity((long) stride * LOOK_HEIGHT).asByteBuffer();
        double sum = 0;
        double squares = 0;
        double edges = 0;
        double edgeSquares = 0;
        int count = 0;
        for (int y = 1; y < LOOK_HEIGHT - 1; y++) {
            for (int x = 1; x < LOOK_WIDTH - 1; x++) {
                int at = y * stride + x;
                int value = grey.get(at) & 0xFF;
                int edge = 4 * value
                        - (grey.get(at - 1) & 0xFF)
                        - (grey.get(at + 1) & 0xFF)
                        - (grey.get(at - stride) & 0xFF)
                        - (grey.get(at + stride) & 0xFF);
                sum += value;
                squares += value * value;
                edges += edge;
                edgeSquares += edge * edge;
                count++;
            }
        }
        double mean = sum / count;
        double contrast = Math.sqrt(Math.max(0, squares / count - mean * mean));
        double detail = Math.sqrt(Math.max(0, edgeSquares / count - Math.pow(edges / count, 2)));
        boolean blank = contrast < 10 || mean < 20 || mean > 240;
        double exposure = 1 - Math.abs(mean - 118) / 200;
        // Beyond some detail there is mostly noise; contrast then decides.
        double score = Math.min(detail, 60) * Math.min(contrast, 60) * exposure;
        return blank ? score * 1e-4 : score;
    }

    /** As {@link #write(Path, DisplaySize, int)}, at most 1280 pixels on its longer side. */
    public Optional<Picture.Written> write(Path jpg, DisplaySize display) throws IOException {
        return write(jpg, display, MAX_SIDE);
    }

    /**
     * Writes the best frame so far as a JPEG as it is to be shown.
     *
     * @param display how the offered frames are to be shown
     * @param maxSide of the result; never enlarged
     * @return its size, or empty when there was no frame
     */
    public Optional<Picture.Written> write(Path jpg, DisplaySize display, int maxSide) throws IOException {
        AVFrame frame = best;
        if (frame == null) {
            return Optional.empty();
        }
        try (Canvas canvas = display.within(maxSide).draw(frame)) {
            long bytes = ImageEncoder.writeJpeg(canvas, jpg);
            return Optional.of(new Picture.Written(canvas.width(), canvas.height(), bytes));
        }
    }

    private void release() {
        if (best != null) {
            av_frame_free(best);
            best = null;
        }
    }

    @Override
    public void close() {
        release();
        if (!look.isNull()) {
            av_frame_free(look);
            sws_free_context(scaler);
            look.setNull();
        }
    }
}
