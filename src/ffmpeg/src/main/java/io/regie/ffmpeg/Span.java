package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.av_rescale;

/**
 * A piece of a file's time, in ticks of the track that decides where it begins. Every other track is cut at this very
 * moment, or as near to it as its samples allow: were each rounded for itself, picture and sound would part.
 *
 * @param start in the file's own times
 */
record Span(long start, long end, TimeBase timeBase) {

    static Span of(Source source, double from, double to) {
        TimeBase timeBase = source.video()
                .or(source::audio)
                .map(track -> TimeBase.of(source.input().stream(track.index()).time_base()))
                .orElse(TimeBase.MICROSECONDS);
        long origin = source.origin(timeBase);
        long start = origin + ticks(from, timeBase);
        return new Span(start, Math.max(start + 1, origin + ticks(to, timeBase)), timeBase);
    }

    private static long ticks(double seconds, TimeBase timeBase) {
        return timeBase.from(Math.round(seconds * 1e6), TimeBase.MICROSECONDS);
    }

    /** The same in other ticks. */
    Span in(TimeBase other) {
        return new Span(rescaled(start, other), rescaled(end, other), other);
    }

    private long rescaled(long ticks, TimeBase other) {
        return av_rescale(ticks, (long) timeBase.num() * other.den(), (long) timeBase.den() * other.num());
    }

    /** The same with another beginning. */
    Span from(long otherStart) {
        return new Span(otherStart, Math.max(end, otherStart + 1), timeBase);
    }

    double seconds() {
        return timeBase.seconds(end - start);
    }
}
