package io.regie.ffmpeg;

/** Walks along a plan with the frames of one track, in presentation order. */
final class SegmentCursor {

    /** What a frame begins. */
    enum Mark {
        NOTHING,
        GROUP,
        SEGMENT
    }

    private final SegmentPlan plan;
    private final TimeBase timeBase;
    private boolean begun;
    private long nextSegment;
    private long nextKeyFrame;

    SegmentCursor(SegmentPlan plan, TimeBase timeBase) {
        this.plan = plan;
        this.timeBase = timeBase;
    }

    /** The first frame at or after a planned time begins what was planned for it. */
    Mark next(long ticks) {
        Mark mark = Mark.NOTHING;
        if (!begun || ticks >= nextSegment) {
            mark = Mark.SEGMENT;
        } else if (ticks >= nextKeyFrame) {
            mark = Mark.GROUP;
        }
        if (mark != Mark.NOTHING) {
            begun = true;
            double now = timeBase.seconds(ticks);
            nextSegment = timeBase.atOrAfter(plan.boundaryAfter(now));
            nextKeyFrame = timeBase.atOrAfter(plan.keyFrameAfter(now));
        }
        return mark;
    }
}
