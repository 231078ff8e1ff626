package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Encodes what is heard during a span, from its first sample to its last. Gaps become silence and overlaps are cut; times
 * that are only a little off are taken for rounded.
 */
final class ClipSound implements ClipTrack {

    private static final Set<Integer> RATES = Set.of(48_000, 44_100, 32_000, 96_000, 88_200, 24_000, 22_050, 16_000);
    private static final int USUAL_RATE = 48_000;
    private static final int FRAME = 1024;
    private static final int FLOAT = 4;
    private static final int BITRATE = 96_000;
    /** Decoders need some packets before they give the right samples. */
    private static final double BEFORE_SECONDS = 0.5;
    /** Formats that round times to a thousandth, and then some. */
    private static final double ROUNDED_SECONDS = 0.01;

    private final AVStream stream;
    private final TimeBase sourceTimeBase;
    private final int rate;
    private final int channels;
    private final Span span;
    private final Encoder.PacketConsumer sink;
    private final Decoder decoder;
    private final Encoder encoder;
    private final AVFrame chunk = av_frame_alloc();
    private @Nullable FilterGraph converter;
    private int shapeRate;
    private int shapeFormat;
    private int shapeChannels;
    private long nextPts = AV_NOPTS_VALUE;
    /** Where the last decoded frame ended, in samples of the file's time. */
    private long decodedUntil = Long.MIN_VALUE;
    /** What was written so far ends here. */
    private long written;

    private int filled;
    private boolean done;

    /** @param span in any ticks @param sink hears of packets whose time zero is the beginning of the span */
    ClipSound(Source source, Span span, Encoder.PacketConsumer sink) throws FFmpegException {
        this.stream = source.input().stream(source.audio().orElseThrow().index());
        this.sourceTimeBase = TimeBase.of(stream.time_base());
        this.rate = RATES.contains(stream.codecpar().sample_rate())
                ? stream.codecpar().sample_rate()
                : USUAL_RATE;
        int had = stream.codecpar().ch_layout().nb_channels();
        this.channels = had == 1 || had == 6 ? had : 2;
        this.span = span.in(new TimeBase(1, rate));
        this.written = this.span.start();
        this.sink = sink;
        this.decoder = Decoder.open(stream, source.input().policy(), 1);
        try {
            this.encoder = Encoder.aac(rate, channels, Math.max(128_000, BITRATE * channels));
        } catch (FFmpegException | RuntimeException e) {
            decoder.close();
            throw e;
        }
        chunk.format(AV_SAMPLE_FMT_FLTP);
        chunk.sample_rate(rate);
        chunk.nb_samples(FRAME);
        av_channel_layout_default(chunk.ch_layout(), channels);
        try {
            check(av_frame_get_buffer(chunk, 0), "allocate sound");
        } catch (FFmpegException e) {
            close();
            throw e;
        }
    }

    @Override
    public AVStream stream() {
        return stream;
    }

    @Override
    public AVCodecParameters parameters() {
        return encoder.parameters();
    }

    @Override
    public TimeBase timeBase() {
        return span.timeBase();
    }

    @Override
    public boolean copied() {
        return false;
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public void accept(AVPacket packet) throws FFmpegException {
        if (packet.pts() != AV_NOPTS_VALUE) {
            long at = span.timeBase().from(packet.pts(), sourceTimeBase);
            if (at < span.start() - BEFORE_SECONDS * rate) {
                return;
            }
            if (at > span.end() + rate) {
                done = true;
            }
        }
        if (!done) {
            decoder.decode(packet, this::decoded);
        }
    }

    private void decoded(AVFrame frame) throws FFmpegException {
        long pts = frame.best_effort_timestamp() == AV_NOPTS_VALUE ? nextPts : frame.best_effort_timestamp();
        if (pts == AV_NOPTS_VALUE) {
            return;
        }
        frame.pts(pts);
        nextPts = pts + sourceTimeBase.from(frame.nb_samples(), new TimeBase(1, Math.max(frame.sample_rate(), 1)));
        FilterGraph graph = converter;
        if (graph != null && !sameShape(frame)) {
            graph.filter(null, this::converted);
            graph.close();
            converter = null;
            graph = null;
        }
        if (graph == null) {
            String layout = channels == 1 ? "mono" : channels == 6 ? "5.1" : "stereo";
            graph = FilterGraph.audio(
                    frame,
                    sourceTimeBase,
                    "aresample=" + rate + ",aformat=sample_fmts=fltp:sample_rates=" + rate + ":channel_layouts="
                            + layout + ",asettb=1/" + rate);
            converter = graph;
            shapeRate = frame.sample_rate();
            shapeFormat = frame.format();
            shapeChannels = frame.ch_layout().nb_channels();
        }
        graph.filter(frame, this::converted);
    }

    private boolean sameShape(AVFrame frame) {
        return frame.sample_rate() == shapeRate
                && frame.format() == shapeFormat
                && frame.ch_layout().nb_channels() == shapeChannels;
    }

    private void converted(AVFrame frame) throws FFmpegException {
        long at = frame.pts();
        if (decodedUntil != Long.MIN_VALUE && Math.abs(at - decodedUntil) <= ROUNDED_SECONDS * rate) {
            at = decodedUntil;
        }
        int count = frame.nb_samples();
        decodedUntil = at + count;
        append(null, 0, Math.min(at, span.end()) - written);
        long skipped = written - at;
        long wanted = Math.min(at + count, span.end()) - written;
        if (skipped >= 0 && wanted > 0) {
            append(frame, skipped, wanted);
        }
        done |= written >= span.end();
    }

    /** @param frame null for silence */
    private void append(@Nullable AVFrame frame, long from, long count) throws FFmpegException {
        long position = from;
        long left = count;
        while (left > 0) {
            if (filled == 0) {
                check(av_frame_make_writable(chunk), "allocate sound");
            }
            int now = (int) Math.min(left, FRAME - filled);
            for (int channel = 0; channel < channels; channel++) {
                copy(frame, channel, position, now);
            }
            filled += now;
            position += now;
            left -= now;
            written += now;
            if (filled == FRAME) {
                encode();
            }
        }
    }

    private void copy(@Nullable AVFrame frame, int channel, long position, int count) {
        Pointer to = chunk.data(channel).getPointer((long) filled * FLOAT);
        if (frame == null) {
            Pointer.memset(to, 0, (long) count * FLOAT);
        } else {
            Pointer.memcpy(to, frame.data(channel).getPointer(position * FLOAT), (long) count * FLOAT);
        }
    }

    private void encode() throws FFmpegException {
        chunk.nb_samples(filled);
        chunk.pts(written - filled - span.start());
        chunk.duration(filled);
        encoder.encode(chunk, sink);
        filled = 0;
        chunk.nb_samples(FRAME);
    }

    @Override
    public void finish() throws FFmpegException {
        if (!done) {
            decoder.decode(null, this::decoded);
            if (converter != null) {
                converter.filter(null, this::converted);
            }
            done = true;
        }
        if (filled > 0) {
            encode();
        }
        encoder.encode(null, sink);
    }

    @Override
    public void close() {
        av_frame_free(chunk);
        if (converter != null) {
            converter.close();
        }
        encoder.close();
        decoder.close();
    }
}
