package io.regie.ffmpeg;

import java.util.ArrayList;
import java.util.List;

/**
 * Where segments begin, the same for every rendition of an original. Safe to use from any thread.
 *
 * <ol>
 *   <li>A grid: every 4 s, with a key frame every 2 s.
 *   <li>Or a copied track decides while it is written, at its own key frames; what is encoded afterwards follows.
 * </ol>
 */
public final class SegmentPlan {

    static final double SEGMENT_SECONDS = 4;
    static final double GROUP_SECONDS = 2;
    private static final double EPSILON = 1e-6;

    private final boolean grid;
    private final List<Double> boundaries = new ArrayList<>();
    private double decidedUntil;
    private double end;

    private SegmentPlan(boolean grid) {
        this.grid = grid;
        this.decidedUntil = grid ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    public static SegmentPlan grid() {
        return new SegmentPlan(true);
    }

    /**
     * The plan that copying a video would make, without copying it.
     *
     * @param source used up by this
     */
    public static SegmentPlan ofKeyFrames(Source source) throws FFmpegException {
        return KeyFrameBoundaries.read(source);
    }

    /** A plan that a copied video track makes. */
    static SegmentPlan following() {
        return new SegmentPlan(false);
    }

    synchronized void begin(double seconds) {
        boundaries.add(seconds);
    }

    /** No segment will begin before this time that has not been told yet. */
    synchronized void decided(double seconds) {
        decidedUntil = Math.max(decidedUntil, seconds);
    }

    /** The video is over at this time, and everything is decided. */
    synchronized void end(double seconds) {
        end = seconds;
        decidedUntil = Double.POSITIVE_INFINITY;
    }

    synchronized double decidedUntil() {
        return decidedUntil;
    }

    /** The first beginning of a segment after this time; infinite as long as it is not decided. */
    synchronized double boundaryAfter(double seconds) {
        if (grid) {
            return (Math.floor((seconds + EPSILON) / SEGMENT_SECONDS) + 1) * SEGMENT_SECONDS;
        }
        int next = firstAfter(seconds);
        if (next < boundaries.size()) {
            return boundaries.get(next);
        }
        if (decidedUntil < Double.POSITIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        // Sound that goes on after the picture; a little of it stays with the last segment.
        double beyond = Math.max(0, Math.floor((seconds - end + EPSILON) / SEGMENT_SECONDS));
        return end + (beyond + 1) * SEGMENT_SECONDS;
    }

    /** The next time after this one at which an encoder must give a key frame. */
    synchronized double keyFrameAfter(double seconds) {
        if (grid) {
            return (Math.floor((seconds + EPSILON) / GROUP_SECONDS) + 1) * GROUP_SECONDS;
        }
        int next = firstAfter(seconds);
        double from = next == 0 ? 0 : boundaries.get(next - 1);
        if (next == boundaries.size()) {
            return from + (Math.floor((seconds - from + EPSILON) / GROUP_SECONDS) + 1) * GROUP_SECONDS;
        }
        double length = boundaries.get(next) - from;
        double step = length / Math.ceil(length / GROUP_SECONDS - EPSILON);
        double key = from + (Math.floor((seconds - from + EPSILON) / step) + 1) * step;
        return key > boundaries.get(next) - EPSILON ? boundaries.get(next) : key;
    }

    private int firstAfter(double seconds) {
        int low = 0;
        int high = boundaries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (boundaries.get(middle) > seconds + EPSILON) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
