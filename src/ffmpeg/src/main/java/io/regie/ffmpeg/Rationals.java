package io.regie.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVRational;

/** Fractions as libav writes them. */
final class Rationals {

    private Rationals() {}

    /** 0 for what is undefined. */
    static double value(AVRational rational) {
        return rational.den() == 0 ? 0 : (double) rational.num() / rational.den();
    }
}
