package io.regie.ffmpeg;

import io.regie.spi.Track;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Decoded frames as people see them: turned, with square pixels. */
final class Shown {

    /** No side of a still gets smaller, however long and thin the picture is. */
    private static final int MIN_SIDE = 16;

    private Shown() {}

    /** The frame upright, fitted into a square of the given side and never enlarged. */
    static Canvas canvas(AVFrame frame, Track track, int maxSide) throws FFmpegException {
        return canvas(frame, track, size(track, maxSide));
    }

    /** The frame upright and of exactly the given size. */
    static Canvas canvas(AVFrame frame, Track track, DisplaySize size) throws FFmpegException {
        boolean lies = track.rotation() % 180 != 0;
        Canvas stored =
                Canvas.scaled(frame, lies ? size.height() : size.width(), lies ? size.width() : size.height());
        return stored.upright(Canvas.orientation(track.rotation()));
    }

    /** How large a still of the track is. Even numbers, since chroma comes in pairs. */
    static DisplaySize size(Track track, int maxSide) {
        double shrink = Math.min(1, (double) maxSide / Math.max(track.displayWidth(), track.displayHeight()));
        return new DisplaySize(
                even(track.displayWidth() * shrink), even(track.displayHeight() * shrink), track.rotation());
    }

    private static int even(double side) {
        return Math.max(MIN_SIDE, (int) Math.round(side / 2) * 2);
    }
}
