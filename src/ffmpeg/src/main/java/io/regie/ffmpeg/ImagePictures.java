package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_LANCZOS;
import static org.bytedeco.ffmpeg.global.swscale.SWS_POINT;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;

import io.regie.ffmpeg.Animation.Image;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/**
 * Images one after the other, each decoded when its turn comes. The first decides the shape; others are fitted into it,
 * with bars where they leave room.
 */
final class ImagePictures implements Pictures {

    private final List<Image> images;
    private final DisplaySize size;
    private final boolean transparent;
    private final BooleanSupplier cancelled;

    /** @param transparent whether one sees through bars and what is transparent; else bars are black, the rest is white */
    ImagePictures(List<Image> images, DisplaySize size, boolean transparent, BooleanSupplier cancelled) {
        this.images = images;
        this.size = size;
        this.transparent = transparent;
        this.cancelled = cancelled;
    }

    /** What an image shows: its size upright, and whether one sees through somewhere. */
    record Look(int width, int height, boolean transparent) {}

    /** Decodes every image, so that a wrong one is named before anything is made. */
    static Look look(List<Image> images, BooleanSupplier cancelled) throws RefusedMediaException, IOException {
        int width = 0;
        int height = 0;
        boolean transparent = false;
        for (int i = 0; i < images.size(); i++) {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException();
            }
            AVFrame frame = av_frame_alloc();
            try {
                boolean lies = read(images, i, frame) >= 5;
                if (i == 0) {
                    width = lies ? frame.height() : frame.width();
                    height = lies ? frame.width() : frame.height();
                }
                transparent |= isTransparent(frame);
            } finally {
                av_frame_free(frame);
            }
        }
        return new Look(width, height, transparent);
    }

    private static int read(List<Image> images, int index, AVFrame frame) throws RefusedMediaException, IOException {
        try {
            return Picture.read(images.get(index).file(), frame);
        } catch (RefusedMediaException e) {
            throw e.at("Image %d of %d".formatted(index + 1, images.size()));
        }
    }

    /** A small version is enough to see it. */
    private static boolean isTransparent(AVFrame frame) throws FFmpegException {
        try (Canvas small = scaled(frame, Math.min(frame.width(), 240), Math.min(frame.height(), 240), true)) {
            return small.isTransparent();
        }
    }

    private static Canvas scaled(AVFrame frame, int width, int height, boolean rough) throws FFmpegException {
        SwsContext scaler = sws_alloc_context();
        try {
            scaler.flags(rough ? SWS_POINT : SWS_LANCZOS | SWS_FULL_CHR_H_INT | SWS_ACCURATE_RND)
                    .threads(1);
            return Canvas.scaled(frame, width, height, scaler);
        } finally {
            sws_free_context(scaler);
        }
    }

    @Override
    public int width() {
        return size.width();
    }

    @Override
    public int height() {
        return size.height();
    }

    @Override
    public int count() {
        return images.size();
    }

    @Override
    public void show(Screen screen) throws RefusedMediaException, IOException {
        for (int i = 0; i < images.size(); i++) {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException();
            }
            AVFrame frame = av_frame_alloc();
            try (Canvas canvas = fitted(frame, read(images, i, frame))) {
                screen.show(canvas, images.get(i).centiseconds());
            } finally {
                av_frame_free(frame);
            }
        }
    }

    /** Smaller images are not enlarged: they stand in the middle. */
    private Canvas fitted(AVFrame frame, int orientation) throws FFmpegException {
        boolean lies = orientation >= 5;
        int width = lies ? frame.height() : frame.width();
        int height = lies ? frame.width() : frame.height();
        double shrink = Math.min(1, Math.min((double) width() / width, (double) height() / height));
        int wide = Math.max(1, (int) Math.round(width * shrink));
        int high = Math.max(1, (int) Math.round(height * shrink));
        Canvas picture =
                scaled(frame, lies ? high : wide, lies ? wide : high, false).upright(orientation);
        if (!transparent) {
            picture.flatten();
        }
        if (wide == width() && high == height()) {
            return picture;
        }
        try (picture) {
            Canvas whole = Canvas.blank(width(), height());
            if (transparent) {
                whole.clear();
            }
            whole.draw(picture, (width() - wide) / 2, (height() - high) / 2);
            return whole;
        }
    }

    @Override
    public void close() {
        // Nothing is held between two images.
    }
}
