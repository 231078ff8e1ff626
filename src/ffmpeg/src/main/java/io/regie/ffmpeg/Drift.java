package io.regie.ffmpeg;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much faster or slower a source's clock runs than ours. Packets arrive late in all sorts of ways but never early:
 * so the least delay of each stretch of time is compared, never a single one, and a burst at the start changes nothing.
 */
final class Drift {

    private static final long STRETCH_NANOS = 10_000_000_000L;
    private static final int STRETCHES = 30;
    /** What a network delays differs by milliseconds, which over less time would look like a bad clock. */
    private static final int ENOUGH = 8;

    private final Deque<long[]> least = new ArrayDeque<>();
    private long stretchBegan = Long.MIN_VALUE;
    private long stretchLeast;
    private long stretchAt;

    void add(long mediaMicros, long arrivalNanos) {
        long delay = arrivalNanos - mediaMicros * 1000;
        if (stretchBegan == Long.MIN_VALUE) {
            stretchBegan = arrivalNanos;
            stretchLeast = delay;
            stretchAt = arrivalNanos;
        } else if (arrivalNanos - stretchBegan >= STRETCH_NANOS) {
            least.addLast(new long[] {stretchAt, stretchLeast});
            if (least.size() > STRETCHES) {
                least.removeFirst();
            }
            stretchBegan = arrivalNanos;
            stretchLeast = delay;
            stretchAt = arrivalNanos;
        } else if (delay < stretchLeast) {
            stretchLeast = delay;
            stretchAt = arrivalNanos;
        }
    }

    /** A new time line: nothing before it can be compared. */
    void restart() {
        least.clear();
        stretchBegan = Long.MIN_VALUE;
    }

    /** Parts per million by which the source is slower than we are; 0 while too little is known. */
    double partsPerMillion() {
        if (least.size() < ENOUGH) {
            return 0;
        }
        // The first stretch holds what the source had stored before we came.
        long[] first = least.stream().skip(1).findFirst().orElseThrow();
        long[] last = least.getLast();
        long time = last[0] - first[0];
        return time <= 0 ? 0 : (double) (last[1] - first[1]) / time * 1e6;
    }
}
