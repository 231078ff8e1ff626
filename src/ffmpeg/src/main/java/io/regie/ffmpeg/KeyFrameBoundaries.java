package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * Where a copied H.264 track can be cut: at its first closed key frame, and then at each first one that comes at least
 * four seconds after the last cut. The same for the same file, however often it is asked.
 */
final class KeyFrameBoundaries {

    private final TimeBase timeBase;
    private final long origin;
    private final H264Packets units;
    private final long segmentTicks;
    private final SegmentPlan plan;
    private boolean begun;
    private long last;

    KeyFrameBoundaries(Source source, SegmentPlan plan) {
        AVStream stream = source.input().stream(source.video().orElseThrow().index());
        this.timeBase = TimeBase.of(stream.time_base());
        this.origin = source.origin(timeBase);
        this.units = new H264Packets(stream.codecpar());
        this.segmentTicks = timeBase.atOrAfter(SegmentPlan.SEGMENT_SECONDS);
        this.plan = plan;
    }

    TimeBase timeBase() {
        return timeBase;
    }

    /** The presentation time on the article's line. */
    long pts(AVPacket packet) throws FFmpegException {
        if (packet.pts() == AV_NOPTS_VALUE) {
            throw new FFmpegException("The video has pictures without a time");
        }
        return packet.pts() - origin;
    }

    long origin() {
        return origin;
    }

    /** Whether there was a key frame yet: nothing can be shown before. */
    boolean begun() {
        return begun;
    }

    /** Looks at the next packet, in file order, and puts what it decides into the plan. */
    boolean cutsAt(AVPacket packet) throws FFmpegException {
        long pts = pts(packet);
        boolean far = !begun || pts - last >= segmentTicks;
        if (!far || (packet.flags() & AV_PKT_FLAG_KEY) == 0 || !units.isIdr(packet)) {
            return false;
        }
        begun = true;
        last = pts;
        plan.begin(timeBase.seconds(pts));
        return true;
    }

    /** Reads a whole file for its boundaries only. */
    static SegmentPlan read(Source source) throws FFmpegException {
        SegmentPlan plan = SegmentPlan.following();
        KeyFrameBoundaries boundaries = new KeyFrameBoundaries(source, plan);
        int video = source.video().orElseThrow().index();
        long end = 0;
        AVPacket packet = av_packet_alloc();
        try {
            while (source.input().read(packet)) {
                if (packet.stream_index() == video) {
                    boundaries.cutsAt(packet);
                    end = Math.max(end, boundaries.pts(packet) + packet.duration());
                }
                av_packet_unref(packet);
            }
        } finally {
            av_packet_free(packet);
        }
        plan.end(boundaries.timeBase.seconds(end));
        return plan;
    }
}
