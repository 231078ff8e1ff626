package io.regie.ffmpeg;

import java.util.PriorityQueue;

/**
 * Makes the times of one live track fit for a file: every packet gets a decoding time, each later than the one before,
 * and what cannot be mended is said to be a jump. Arithmetic only, in the track's own ticks.
 *
 * <ol>
 *   <li>A counter that wraps (32 bits of RTP, 33 bits of transport streams) goes on as if it had more bits.
 *   <li>Missing decoding times follow from presentation times: with a reorder depth of n, a picture is decoded when the
 *       n-th before it in order of presentation is shown.
 *   <li>A step back of less than a frame is an encoder's rounding. Any other step back is a jump; so is a step forward
 *       that is a second longer than the time that passed meanwhile.
 * </ol>
 */
final class TrackTimes {

    /** As libav writes it. */
    static final long NONE = Long.MIN_VALUE;

    private static final double TOLERATED_SECONDS = 1;
    /** No picture and no sound lasts longer, however long the source was silent. */
    private static final double LONGEST_SECONDS = 10;
    /** How near to a whole turn of the counter a step back must be. */
    private static final double TURN_SECONDS = 10;

    private final TimeBase timeBase;
    private final int reorder;
    private final boolean steady;
    private final long second;
    private final PriorityQueue<Long> shown = new PriorityQueue<>();

    private long turns;
    private long lastRaw = NONE;
    private long latestPts = NONE;
    private long lastDts = NONE;
    private long frame;
    private long lastArrival;

    private boolean replaced;
    private long pts;
    private long dts;
    private long duration;
    private long jump;

    /** Sound: no packet is longer than another. */
    static TrackTimes steady(TimeBase timeBase) {
        return new TrackTimes(timeBase, 0, true);
    }

    /** Pictures. @param reorder how many may be decoded before one that is shown earlier */
    TrackTimes(TimeBase timeBase, int reorder) {
        this(timeBase, reorder, false);
    }

    private TrackTimes(TimeBase timeBase, int reorder, boolean steady) {
        this.steady = steady;
        this.timeBase = timeBase;
        this.reorder = reorder;
        this.second = Math.max(1, timeBase.den() / timeBase.num());
        this.frame = Math.max(1, second / 25);
    }

    /** How many packets must be seen to know when the first one is shown. */
    int reorder() {
        return reorder;
    }

    TimeBase timeBase() {
        return timeBase;
    }

    /** Says that the next packet stands where the sender's report puts the track, wherever it stood before. */
    void replace() {
        replaced = true;
    }

    /**
     * Takes the next packet's times; the results are asked for afterwards.
     *
     * @param arrivalNanos of a clock that never steps
     * @return whether time jumped before this packet
     */
    boolean next(long rawPts, long rawDts, long rawDuration, long arrivalNanos) {
        boolean made = rawDts == NONE;
        long reference = made ? rawPts : rawDts;
        long wanted;
        if (reference == NONE) {
            wanted = lastDts == NONE ? 0 : lastDts + frame;
            pts = wanted;
            made = false;
        } else {
            unwrap(reference);
            wanted = reference + turns;
            pts = rawPts == NONE ? wanted : nearest(rawPts + turns, wanted);
        }
        long passed = lastDts == NONE ? 0 : Math.round((arrivalNanos - lastArrival) / 1e9 * second);
        jump = 0;
        boolean moved = replaced && lastDts != NONE;
        replaced = false;
        if (moved) {
            restart();
        } else if (lastDts != NONE && made && isAhead(pts - latestPts, passed)) {
            // Said now: the decoding time, which lags behind, would say it some pictures later.
            restart();
        }
        remember();
        dts = made ? decodingTime() : wanted;
        long step = dts - lastDts;
        if (lastDts != NONE && jump == 0 && !moved) {
            if (step <= 0 && -step < frame) {
                dts = lastDts + 1;
                pts = Math.max(pts, dts);
            } else if (step <= 0 || isAhead(step, passed)) {
                restart();
                remember();
                dts = made ? decodingTime() : wanted;
            }
        }
        duration = rawDuration > 0 ? rawDuration : frame;
        if (lastDts != NONE && jump == 0 && !moved) {
            long real = dts - lastDts;
            if (real > 1 && real <= 2 * second) {
                frame = rawDuration > 0 ? rawDuration : real;
            }
        } else if (rawDuration > 0) {
            frame = rawDuration;
        }
        lastDts = dts;
        latestPts = latestPts == NONE || jump != 0 || moved ? pts : Math.max(latestPts, pts);
        lastArrival = arrivalNanos;
        return jump != 0;
    }

    private void unwrap(long raw) {
        if (lastRaw != NONE && lastRaw - raw > second * 60) {
            for (long turn : new long[] {1L << 33, 1L << 32}) {
                if (Math.abs(raw + turn - lastRaw) < TURN_SECONDS * second) {
                    turns += turn;
                    break;
                }
            }
        }
        if (lastRaw != NONE && raw - lastRaw > 1L << 31) {
            // libav takes a clock that was set back for a counter that wrapped.
            turns -= 1L << 32;
        }
        lastRaw = raw;
    }

    /** Near a turn, a picture may be shown after it that is decoded before it. */
    private static long nearest(long pts, long dts) {
        for (long turn : new long[] {1L << 33, 1L << 32}) {
            if (dts - pts > turn / 2) {
                return pts + turn;
            }
        }
        return pts;
    }

    private boolean isAhead(long step, long passed) {
        return step > Math.max(passed, 2 * frame) + TOLERATED_SECONDS * second
                || step > Math.max(LONGEST_SECONDS * second, 2 * frame);
    }

    /** What comes now is the first packet of another time line. */
    private void restart() {
        jump = pts - (latestPts + frame);
        shown.clear();
    }

    /** Also where decoding times are given: libav gives them to some pictures and not to others. */
    private void remember() {
        shown.add(pts);
        while (shown.size() > reorder + 1) {
            shown.remove();
        }
    }

    private long decodingTime() {
        if (reorder == 0) {
            return pts;
        }
        if (shown.size() <= reorder) {
            return shown.element() - (reorder + 1 - shown.size()) * frame;
        }
        return shown.element();
    }

    long pts() {
        return pts;
    }

    long dts() {
        return dts;
    }

    long duration() {
        return duration;
    }

    /** By how much this packet's time line differs from the one before, 0 where there was no jump. */
    long jump() {
        return jump;
    }

    /** How many packets of this track would fit into a step of time. */
    long missing(long step) {
        boolean gap = steady ? 2 * step > 3 * frame : 2 * step > 5 * frame;
        return gap ? Math.max(1, Math.round((double) step / frame) - 1) : 0;
    }

    /** How long a packet of this track usually lasts. */
    long frame() {
        return frame;
    }
}
