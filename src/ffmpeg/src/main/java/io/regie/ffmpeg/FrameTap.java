package io.regie.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Sees decoded pictures go by: upright, progressive, 8-bit 4:2:0, in the source's own size and pixel aspect. */
@FunctionalInterface
interface FrameTap {

    /**
     * Called on the decoding thread: quick, or the ladder waits.
     *
     * @param frame valid during the call
     * @param seconds on the article's time line
     */
    void offer(AVFrame frame, double seconds) throws FFmpegException;
}
