package io.regie.plugin.recording;

import java.util.random.RandomGenerator;

/** How long to wait before the next connection: 1, 2, 4 … 60 s, half of it left to chance so that nobody comes in step. */
final class BackOff {

    private static final long FIRST_MILLIS = 1000;
    private static final long LONGEST_MILLIS = 60_000;

    private final RandomGenerator random;
    private int failures;

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    long nextMillis() {
        long whole = Math.min(FIRST_MILLIS << Math.min(failures++, 16), LONGEST_MILLIS);
        return whole / 2 + random.nextLong(whole / 2 + 1);
    }

    /** It worked for a while. */
    void reset() {
        failures = 0;
    }

    int failures() {
        return failures;
    }
}
