package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the audio track to AAC stereo. Gaps become silence and overlaps are cut, so that the sound never runs away from
 * the picture.
 */
final class EncodedAudio implements TrackSink {

    private static final int CHANNELS = 2;
    private static final int FRAME = 1024;

    private final Decoder decoder;
    private final TimeBase sourceTimeBase;
    private final TimeBase timeBase;
    private final long origin;
    private final int sampleRate;
    private final int bitrate;
    private final @Nullable String language;
    private final SegmentPlan plan;
    private final Path file;
    private final RenditionListener listener;
    private @Nullable FilterGraph resampler;
    private @Nullable Encoder encoder;
    private @Nullable AudioWriter writer;
    private int shapeRate;
    private int shapeFormat;
    private int shapeChannels;
    private long nextPts;

    EncodedAudio(Source source, SegmentPlan plan, Path file, int bitrate, RenditionListener listener)
            throws FFmpegException {
        AVStream stream = source.input().stream(source.audio().orElseThrow().index());
        this.sourceTimeBase = TimeBase.of(stream.time_base());
        this.origin = source.origin(sourceTimeBase);
        this.sampleRate = stream.codecpar().sample_rate() % 11025 == 0 ? 44_100 : 48_000;
        this.timeBase = new TimeBase(1, sampleRate);
        this.bitrate = bitrate;
        this.language = source.audio().orElseThrow().language();
        this.plan = plan;
        this.file = file;
        this.listener = listener;
        this.decoder = Decoder.open(stream, source.input().policy(), 1);
    }

    @Override
    public void accept(AVPacket packet) throws FFmpegException {
        decoder.decode(packet, this::resample);
    }

    private void resample(AVFrame frame) throws FFmpegException {
        long pts = frame.best_effort_timestamp();
        frame.pts(pts == AV_NOPTS_VALUE ? nextPts : pts - origin);
        nextPts = frame.pts()
                + sourceTimeBase.from(frame.nb_samples(), new TimeBase(1, Math.max(frame.sample_rate(), 1)));
        FilterGraph graph = resampler;
        if (graph != null && !sameShape(frame)) {
            graph.filter(null, this::encode);
            graph.close();
            resampler = null;
            graph = null;
        }
        if (graph == null) {
            // async=1 fills gaps and trims overlaps; the encoder takes whole frames only.
            graph = FilterGraph.audio(
                    frame,
                    sourceTimeBase,
                    "aresample=" + sampleRate + ":async=1,"
                            + "aformat=sample_fmts=fltp:sample_rates=" + sampleRate + ":channel_layouts=stereo,"
                            + "asetnsamples=n=" + FRAME + ":p=1");
            resampler = graph;
            shapeRate = frame.sample_rate();
            shapeFormat = frame.format();
            shapeChannels = frame.ch_layout().nb_channels();
        }
        graph.filter(frame, this::encode);
    }

    private boolean sameShape(AVFrame frame) {
        return frame.sample_rate() == shapeRate
                && frame.format() == shapeFormat
                && frame.ch_layout().nb_channels() == shapeChannels;
    }

    private void encode(AVFrame frame) throws FFmpegException {
        if (encoder == null) {
            encoder = Encoder.aac(sampleRate, CHANNELS, bitrate);
            writer = new AudioWriter(file, encoder.parameters(), timeBase, language, bitrate, plan, listener);
        }
        encoder.encode(frame, this::write);
    }

    private void write(AVPacket packet) throws FFmpegException {
        AudioWriter target = writer;
        if (target != null) {
            target.write(packet);
        }
    }

    @Override
    public void finish() throws FFmpegException {
        decoder.decode(null, this::resample);
        if (resampler != null) {
            resampler.filter(null, this::encode);
        }
        if (encoder != null && writer != null) {
            encoder.encode(null, this::write);
            writer.finish();
        }
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
        if (encoder != null) {
            encoder.close();
        }
        if (resampler != null) {
            resampler.close();
        }
        decoder.close();
    }
}
