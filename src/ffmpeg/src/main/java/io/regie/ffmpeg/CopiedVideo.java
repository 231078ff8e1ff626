package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_ref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.regie.spi.Rendition;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * Copies the H.264 track as it is. Its own key frames are the segment boundaries: the first one at least four seconds
 * after the last boundary. What it decides goes into the plan for everybody else.
 */
final class CopiedVideo implements TrackSink {

    private final TimeBase timeBase;
    private final long origin;
    private final SegmentPlan plan;
    private final H264Packets units;
    private final RenditionWriter writer;
    private final AVPacket copy = av_packet_alloc();
    private final long segmentTicks;
    private long lastBoundary = Long.MIN_VALUE;
    private long lastDts = Long.MIN_VALUE;

    CopiedVideo(
            Source source,
            SegmentPlan plan,
            Path file,
            VideoEncoding facts,
            RenditionListener listener)
            throws FFmpegException {
        AVStream stream = source.input().stream(source.video().orElseThrow().index());
        this.timeBase = TimeBase.of(stream.time_base());
        this.origin = source.origin(timeBase);
        this.plan = plan;
        this.units = new H264Packets(stream.codecpar());
        this.segmentTicks = timeBase.atOrAfter(SegmentPlan.SEGMENT_SECONDS);
        this.writer = new RenditionWriter(
                file,
                stream.codecpar(),
                timeBase,
                (codecs, range) -> Rendition.video(
                        codecs,
                        facts.width(),
                        facts.height(),
                        facts.frameRate(),
                        facts.maxRate(),
                        range),
                listener);
    }

    @Override
    public void accept(AVPacket packet) throws FFmpegException {
        if (packet.pts() == AV_NOPTS_VALUE) {
            throw new FFmpegException("The video has pictures without a time");
        }
        long pts = packet.pts() - origin;
        // Matroska has no decode times, and libav cannot always make them up for the first pictures.
        long dts = packet.dts() == AV_NOPTS_VALUE ? Math.max(lastDts + 1, Math.min(pts, 0)) : packet.dts() - origin;
        if (lastDts != Long.MIN_VALUE && dts <= lastDts) {
            dts = lastDts + 1;
        }
        boolean idr = (packet.flags() & AV_PKT_FLAG_KEY) != 0 && units.isIdr(packet);
        if (lastBoundary == Long.MIN_VALUE && !idr) {
            // Nothing can be shown before the first key frame.
            return;
        }
        lastDts = dts;
        boolean cut = idr && (lastBoundary == Long.MIN_VALUE || pts - lastBoundary >= segmentTicks);
        if (cut) {
            lastBoundary = pts;
            plan.begin(timeBase.seconds(pts));
        }
        plan.decided(timeBase.seconds(dts));
        check(av_packet_ref(copy, packet), "copy a packet");
        copy.pts(pts);
        copy.dts(Math.min(dts, pts));
        writer.write(copy, cut);
    }

    @Override
    public void finish() throws FFmpegException {
        writer.finish();
        plan.end(timeBase.seconds(writer.end()));
    }

    @Override
    public void close() {
        writer.close();
        av_packet_free(copy);
    }
}
