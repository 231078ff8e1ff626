package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AC3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_EAC3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP3;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_ref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** Copies the sound of a span, and the few packets before it that decoders need; the edit list trims it to the sample. */
final class CopiedClipSound implements ClipTrack {

    private static final Set<Integer> CODECS =
            Set.of(AV_CODEC_ID_AAC, AV_CODEC_ID_MP3, AV_CODEC_ID_AC3, AV_CODEC_ID_EAC3);
    private static final int BEFORE = 3;
    /** Formats that round times to a thousandth, and then some. */
    private static final double ROUNDED_SECONDS = 0.01;

    private final AVStream stream;
    private final TimeBase sourceTimeBase;
    private final Span span;
    private final Encoder.PacketConsumer sink;
    private final AVPacket copy = av_packet_alloc();
    private long until = Long.MIN_VALUE;
    private boolean done;

    CopiedClipSound(Source source, Span span, Encoder.PacketConsumer sink) {
        this.stream = source.input().stream(source.audio().orElseThrow().index());
        this.sourceTimeBase = TimeBase.of(stream.time_base());
        this.span = span.in(new TimeBase(1, stream.codecpar().sample_rate()));
        this.sink = sink;
    }

    /** Whether an MP4 can hold it as it is. */
    static boolean fits(AVStream stream) {
        AVCodecParameters parameters = stream.codecpar();
        // Where each packet carries its own header there is none for the file.
        boolean described = parameters.codec_id() != AV_CODEC_ID_AAC || parameters.extradata_size() >= 2;
        return CODECS.contains(parameters.codec_id()) && parameters.sample_rate() > 0 && described;
    }

    @Override
    public AVStream stream() {
        return stream;
    }

    @Override
    public AVCodecParameters parameters() {
        return stream.codecpar();
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
        long at = timeBase().from(packet.pts(), sourceTimeBase);
        long length = packet.duration() > 0
                ? timeBase().from(packet.duration(), sourceTimeBase)
                : Math.max(1, stream.codecpar().frame_size());
        if (stream.codecpar().frame_size() > 0
                && Math.abs(length - stream.codecpar().frame_size())
                        <= ROUNDED_SECONDS * timeBase().den()) {
            length = stream.codecpar().frame_size();
        }
        if (until != Long.MIN_VALUE
                && Math.abs(at - until) <= ROUNDED_SECONDS * timeBase().den()) {
            at = until;
        }
        if (at + (BEFORE + 1) * length <= span.start() || at < until) {
            return;
        }
        if (at >= span.end()) {
            done = true;
            return;
        }
        until = at + length;
        check(av_packet_ref(copy, packet), "copy a packet");
        copy.pts(at - span.start());
        copy.dts(copy.pts());
        copy.duration(Math.min(length, span.end() - at));
        sink.accept(copy);
    }

    @Override
    public void finish() {}

    @Override
    public void close() {
        av_packet_free(copy);
    }
}
