package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_ref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.regie.spi.Rendition;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** Copies the H.264 track as it is. Where it can be cut, segments begin; everybody else follows. */
final class CopiedVideo implements TrackSink {

    private final SegmentPlan plan;
    private final KeyFrameBoundaries boundaries;
    private final RenditionWriter writer;
    private final AVPacket copy = av_packet_alloc();
    private long lastDts = Long.MIN_VALUE;

    CopiedVideo(Source source, SegmentPlan plan, Path file, VideoEncoding facts, RenditionListener listener)
            throws FFmpegException {
        AVStream stream = source.input().stream(source.video().orElseThrow().index());
        this.plan = plan;
        this.boundaries = new KeyFrameBoundaries(source, plan);
        this.writer = new RenditionWriter(
                file,
                stream.codecpar(),
                boundaries.timeBase(),
                (codecs, range) -> Rendition.video(
                        codecs, facts.width(), facts.height(), facts.frameRate(), facts.maxRate(), range),
                listener);
    }

    @Override
    public void accept(AVPacket packet) throws FFmpegException {
        boolean cut = boundaries.cutsAt(packet);
        if (!boundaries.begun()) {
            return;
        }
        long pts = boundaries.pts(packet);
        long dts = Math.min(decodeTime(packet, pts), pts);
        if (lastDts != Long.MIN_VALUE && dts <= lastDts) {
            dts = lastDts + 1;
        }
        lastDts = dts;
        plan.decided(boundaries.timeBase().seconds(dts));
        check(av_packet_ref(copy, packet), "copy a packet");
        copy.pts(pts);
        copy.dts(dts);
        writer.write(copy, cut);
    }

    /** Matroska has no decode times, and libav cannot always make them up for the first pictures. */
    private long decodeTime(AVPacket packet, long pts) {
        if (packet.dts() != AV_NOPTS_VALUE) {
            return packet.dts() - boundaries.origin();
        }
        return lastDts == Long.MIN_VALUE ? pts : lastDts + 1;
    }

    @Override
    public void finish() throws FFmpegException {
        writer.finish();
        plan.end(boundaries.timeBase().seconds(writer.end()));
    }

    @Override
    public void close() {
        writer.close();
        av_packet_free(copy);
    }
}
