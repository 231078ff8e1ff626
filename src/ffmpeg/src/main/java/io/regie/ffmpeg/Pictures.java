package io.regie.ffmpeg;

import java.io.IOException;

/** What an animation shows: upright pictures of one size, each for some time. Can be shown more than once. */
interface Pictures extends AutoCloseable {

    int width();

    int height();

    /** How many will be shown. */
    int count();

    /**
     * Shows them in order. Memory does not grow with their number.
     *
     * @throws java.util.concurrent.CancellationException when whoever made them said so
     */
    void show(Screen screen) throws RefusedMediaException, IOException;

    @Override
    void close();

    /** Takes a picture for the length of the call; its content may be referenced for longer, but not changed. */
    @FunctionalInterface
    interface Screen {
        void show(Canvas picture, int centiseconds) throws FFmpegException;
    }
}
