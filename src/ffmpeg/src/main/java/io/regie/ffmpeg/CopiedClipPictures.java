package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP9;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_ref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/** Copies the pictures of a span, and those before it that they need: back to the previous key frame. */
final class CopiedClipPictures implements ClipTrack {

    private static final Set<Integer> CODECS =
            Set.of(AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_AV1, AV_CODEC_ID_VP9, AV_CODEC_ID_MPEG4);

    private final AVStream stream;
    private final Span span;
    private final Encoder.PacketConsumer sink;
    private final AVPacket copy = av_packet_alloc();
    private long lastDts = Long.MIN_VALUE;
    private long hidden;
    private boolean begun;
    private boolean done;

    /** @param span in the track's ticks */
    CopiedClipPictures(Source source, Span span, Encoder.PacketConsumer sink) {
        this.stream = source.input().stream(source.video().orElseThrow().index());
        this.span = span;
        this.sink = sink;
    }

    /** @throws RefusedMediaException when an MP4 cannot hold them as they are */
    static void require(AVStream stream) throws RefusedMediaException {
        if (!CODECS.contains(stream.codecpar().codec_id())) {
            throw new RefusedMediaException(
                    RefusedMediaException.Reason.TYPE_NOT_ALLOWED,
                    "Pictures in the format "
                            + avcodec_get_name(stream.codecpar().codec_id()).getString()
                            + " cannot be copied into a clip; choose the exact way, which encodes them anew.");
        }
    }

    /** How much of what is in the file is not shown, before its beginning; 0 when it begins with a key frame. */
    double hiddenSeconds() {
        return span.timeBase().seconds(hidden);
    }

    @Override
    public AVStream stream() {
        return stream;
    }

    @Override
    public @Nullable AVCodecParameters parameters() {
        return begun ? stream.codecpar() : null;
    }

    @Override
    public TimeBase timeBase() {
        return span.timeBase();
    }

    @Override
    public boolean copied() {
        return true;
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public void accept(AVPacket packet) throws FFmpegException {
        if (packet.pts() == AV_NOPTS_VALUE) {
            return;
        }
        if (!begun) {
            begun = true;
            hidden = Math.max(0, span.start() - packet.pts());
        }
        long dts = Math.min(packet.dts() == AV_NOPTS_VALUE ? lastDts + 1 : packet.dts(), packet.pts());
        if (lastDts == Long.MIN_VALUE && packet.dts() == AV_NOPTS_VALUE) {
            dts = packet.pts();
        } else if (dts <= lastDts) {
            dts = lastDts + 1;
        }
        if (dts >= span.end()) {
            done = true;
            return;
        }
        lastDts = dts;
        check(av_packet_ref(copy, packet), "copy a packet");
        copy.pts(packet.pts() - span.start());
        copy.dts(Math.min(dts, packet.pts()) - span.start());
        sink.accept(copy);
    }

    @Override
    public void finish() throws FFmpegException {
        if (!begun) {
            throw new FFmpegException("There is no picture in this range that can be copied");
        }
    }

    @Override
    public void close() {
        av_packet_free(copy);
    }
}
