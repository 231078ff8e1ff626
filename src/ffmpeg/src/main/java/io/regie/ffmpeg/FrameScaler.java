package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_copy_props;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.jspecify.annotations.Nullable;

/** Brings frames to one size in 8-bit 4:2:0. Belongs to one thread. */
final class FrameScaler implements AutoCloseable {

    private final int width;
    private final int height;
    private final AVFrame scaled = av_frame_alloc();
    private @Nullable SwsContext context;
    private int sourceWidth;
    private int sourceHeight;
    private int sourceFormat = -1;

    FrameScaler(int width, int height) throws FFmpegException {
        this.width = width;
        this.height = height;
        scaled.width(width);
        scaled.height(height);
        scaled.format(AV_PIX_FMT_YUV420P);
        check(av_frame_get_buffer(scaled, 0), "allocate a picture");
    }

    /** @return the frame itself when it fits, else one that is valid until the next call */
    AVFrame scale(AVFrame frame) throws FFmpegException {
        if (frame.width() == width && frame.height() == height && frame.format() == AV_PIX_FMT_YUV420P) {
            return frame;
        }
        SwsContext sws = contextFor(frame);
        // The encoder may still hold the last one.
        check(av_frame_make_writable(scaled), "allocate a picture");
        check(av_frame_copy_props(scaled, frame), "copy frame properties");
        check(
                sws_scale(sws, frame.data(), frame.linesize(), 0, frame.height(), scaled.data(), scaled.linesize()),
                "scale a picture");
        return scaled;
    }

    private SwsContext contextFor(AVFrame frame) throws FFmpegException {
        SwsContext current = context;
        if (current != null
                && frame.width() == sourceWidth
                && frame.height() == sourceHeight
                && frame.format() == sourceFormat) {
            return current;
        }
        if (current != null) {
            sws_freeContext(current);
            context = null;
        }
        SwsContext created = sws_getContext(
                frame.width(),
                frame.height(),
                frame.format(),
                width,
                height,
                AV_PIX_FMT_YUV420P,
                SWS_BICUBIC,
                null,
                null,
                (DoublePointer) null);
        if (created == null || created.isNull()) {
            throw new FFmpegException("Pictures of this size or format cannot be scaled");
        }
        sourceWidth = frame.width();
        sourceHeight = frame.height();
        sourceFormat = frame.format();
        context = created;
        return created;
    }

    @Override
    public void close() {
        av_frame_free(scaled);
        if (context != null) {
            sws_freeContext(context);
        }
    }
}
