package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale;

import java.time.Duration;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** The length of one tick in seconds, as a fraction. */
public record TimeBase(int num, int den) {

    static final TimeBase MICROSECONDS = new TimeBase(1, 1_000_000);

    public TimeBase {
        if (num <= 0 || den <= 0) {
            throw new IllegalArgumentException("Not a time base: " + num + "/" + den);
        }
    }

    static TimeBase of(AVRational rational) {
        return new TimeBase(rational.num(), rational.den());
    }

    /** The same time in ticks of this base, to the nearest one. */
    long from(long ticks, TimeBase other) {
        if (ticks == AV_NOPTS_VALUE || equals(other)) {
            return ticks;
        }
        return av_rescale(ticks, (long) other.num * den, (long) other.den * num);
    }

    /** The first tick at or after a time. */
    long atOrAfter(double seconds) {
        return (long) Math.ceil(seconds * den / num - 1e-6);
    }

    double seconds(long ticks) {
        return (double) ticks * num / den;
    }

    Duration duration(long ticks) {
        return Duration.ofNanos(av_rescale(ticks, num * 1_000_000_000L, den));
    }

    void copyTo(AVRational rational) {
        rational.num(num);
        rational.den(den);
    }
}
