package io.regie.plugin.gif;

import io.regie.spi.JobFailedException;
import io.regie.spi.JobRequest;
import io.regie.spi.MediaInfo;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** A part of an original, in seconds from where it begins to play. */
record Range(double start, double end) {

    static final String PARAMETER = "range";

    /** Forms and players round times, and tracks do not end at the same moment. */
    private static final double TOLERANCE = 0.1;

    /** The range that was asked for, within the request's first original. */
    static Range of(JobRequest request) throws JobFailedException {
        if (!(request.parameters().get(PARAMETER) instanceof Map<?, ?> range
                && range.get("start") instanceof Number start
                && range.get("end") instanceof Number end)) {
            throw Failures.badInput("The range of the video is missing.");
        }
        Range wanted = new Range(start.doubleValue(), end.doubleValue());
        wanted.requireWithin(request.input().info());
        return wanted;
    }

    private void requireWithin(MediaInfo info) throws JobFailedException {
        if (!(start >= 0 && end > start)) {
            throw Failures.badInput("The range has to end after it starts.");
        }
        Duration duration = info.duration();
        if (duration != null && end > duration.toNanos() / 1e9 + TOLERANCE) {
            throw Failures.badInput(String.format(
                    Locale.ROOT,
                    "The range goes to %.1f s, but the original ends at %.1f s.",
                    end,
                    duration.toNanos() / 1e9));
        }
    }

    double seconds() {
        return end - start;
    }

    void requireAtMost(int maxSeconds) throws JobFailedException {
        if (seconds() > maxSeconds + TOLERANCE) {
            throw Failures.badInput(
                    "The range has %.1f s, and %d s are the most for an animation.".formatted(seconds(), maxSeconds));
        }
    }
}
