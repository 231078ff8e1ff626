package io.regie.testkit;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/** What a clip shows and sounds like; the same for the same moment. */
interface Scene {

    void draw(AVFrame frame, int index);

    /** Samples from -1 to 1. */
    float[] tone(long first, int count, int channel);
}
