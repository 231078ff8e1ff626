package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/** A picture of 32-bit pixels in native memory: what stills are turned, composed and written from. */
final class Canvas implements AutoCloseable {

    private static final int OPAQUE = 0xFF000000;

    private final AVFrame frame;
    private final int width;
    private final int height;

    private Canvas(AVFrame frame, int width, int height) {
        this.frame = frame;
        this.width = width;
        this.height = height;
    }

    /** An opaque black one. */
    static Canvas blank(int width, int height) throws FFmpegException {
        Canvas canvas = allocate(width, height);
        IntBuffer pixels = canvas.pixels();
        for (int i = 0; i < pixels.limit(); i++) {
            pixels.put(i, OPAQUE);
        }
        return canvas;
    }

    /** A decoded frame of any format in a size of our choosing, still as it was stored: not turned. */
    static Canvas scaled(AVFrame source, int width, int height) throws FFmpegException {
        SwsContext scaler = sws_alloc_context();
        try {
            boolean shrinks = width <= source.width() && height <= source.height();
            // Averaging keeps fine patterns from flickering when much is left out.
            scaler.flags((shrinks ? SWS_AREA : SWS_BICUBIC) | SWS_FULL_CHR_H_INT)
                    .threads(1);
            return scaled(source, width, height, scaler);
        } finally {
            sws_free_context(scaler);
        }
    }

    /** @param scaler kept by the caller for the next one: preparing it takes longer than a small picture */
    static Canvas scaled(AVFrame source, int width, int height, SwsContext scaler) throws FFmpegException {
        Canvas canvas = allocate(width, height);
        try {
            check(sws_scale_frame(scaler, canvas.frame, source), "scale the picture");
            return canvas;
        } catch (FFmpegException | RuntimeException e) {
            canvas.close();
            throw e;
        }
    }

    private static Canvas allocate(int width, int height) throws FFmpegException {
        AVFrame frame = av_frame_alloc();
        frame.format(AV_PIX_FMT_BGRA).width(width).height(height);
        frame.color_range(AVCOL_RANGE_JPEG).colorspace(AVCOL_SPC_RGB);
        int result = av_frame_get_buffer(frame, 0);
        if (result < 0) {
            av_frame_free(frame);
        }
        check(result, "allocate a picture of %d×%d".formatted(width, height));
        return new Canvas(frame, width, height);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    AVFrame frame() {
        return frame;
    }

    /** Pixels as 0xAARRGGBB, rows {@link #stride} apart. */
    IntBuffer pixels() {
        return frame.data(0)
                .capacity((long) frame.linesize(0) * height)
                .asByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
    }

    int stride() {
        return frame.linesize(0) / 4;
    }

    /** Puts another picture onto this one. */
    void draw(Canvas other, int left, int top) {
        IntBuffer to = pixels();
        IntBuffer from = other.pixels();
        int columns = Math.min(other.width, width - left);
        for (int y = 0; y < other.height && top + y < height; y++) {
            to.put((top + y) * stride() + left, from, y * other.stride(), columns);
        }
    }

    /** A copy of one row of every few. @param first of them, less than {@code every} */
    Canvas rows(int every, int first) throws FFmpegException {
        Canvas rows = allocate(width, height / every);
        IntBuffer from = pixels();
        IntBuffer to = rows.pixels();
        for (int y = 0; y < rows.height; y++) {
            to.put(y * rows.stride(), from, (first + y * every) * stride(), width);
        }
        return rows;
    }

    /** Turned and mirrored for display; this one is closed unless it already was upright. @param orientation EXIF's */
    Canvas upright(int orientation) throws FFmpegException {
        if (orientation <= 1 || orientation > 8) {
            return this;
        }
        try (this) {
            boolean swaps = orientation >= 5;
            Canvas turned = allocate(swaps ? height : width, swaps ? width : height);
            IntBuffer from = pixels();
            IntBuffer to = turned.pixels();
            int right = width - 1;
            int bottom = height - 1;
            for (int y = 0; y < turned.height; y++) {
                for (int x = 0; x < turned.width; x++) {
                    int pixel =
                            switch (orientation) {
                                case 2 -> from.get(y * stride() + right - x);
                                case 3 -> from.get((bottom - y) * stride() + right - x);
                                case 4 -> from.get((bottom - y) * stride() + x);
                                case 5 -> from.get(x * stride() + y);
                                case 6 -> from.get((bottom - x) * stride() + y);
                                case 7 -> from.get((bottom - x) * stride() + right - y);
                                default -> from.get(x * stride() + right - y);
                            };
                    to.put(y * turned.stride() + x, pixel);
                }
            }
            return turned;
        }
    }

    /** EXIF's word for a clockwise turn. */
    static int orientation(int rotation) {
        return switch (rotation) {
            case 90 -> 6;
            case 180 -> 3;
            case 270 -> 8;
            default -> 1;
        };
    }

    /** Everything transparent. */
    void clear() {
        IntBuffer pixels = pixels();
        for (int i = 0; i < pixels.limit(); i++) {
            pixels.put(i, 0);
        }
    }

    /** Whether one sees through somewhere. */
    boolean isTransparent() {
        IntBuffer pixels = pixels();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (pixels.get(y * stride() + x) >>> 24 != 255) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Lays a drawing of the same size onto this. @param drawing 0xAARRGGBB */
    void blend(int[] drawing) {
        IntBuffer pixels = pixels();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int over = drawing[y * width + x];
                int alpha = over >>> 24;
                if (alpha != 0) {
                    int at = y * stride() + x;
                    int under = pixels.get(at);
                    int opacity = Math.max(alpha, under >>> 24);
                    pixels.put(
                            at,
                            opacity << 24
                                    | mixed(over, under, 16, alpha)
                                    | mixed(over, under, 8, alpha)
                                    | mixed(over, under, 0, alpha));
                }
            }
        }
    }

    private static int mixed(int over, int under, int shift, int alpha) {
        return ((over >> shift & 0xFF) * alpha + (under >> shift & 0xFF) * (255 - alpha)) / 255 << shift;
    }

    /** Lays what is transparent onto white, for formats without transparency. */
    void flatten() {
        IntBuffer pixels = pixels();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * stride() + x;
                int pixel = pixels.get(at);
                int alpha = pixel >>> 24;
                if (alpha != 255) {
                    pixels.put(
                            at,
                            OPAQUE | onWhite(pixel, 16, alpha) | onWhite(pixel, 8, alpha) | onWhite(pixel, 0, alpha));
                }
            }
        }
    }

    private static int onWhite(int pixel, int shift, int alpha) {
        int value = pixel >> shift & 0xFF;
        return (value * alpha + 255 * (255 - alpha)) / 255 << shift;
    }

    @Override
    public void close() {
        if (!frame.isNull()) {
            av_frame_free(frame);
            frame.setNull();
        }
    }
}
