package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVBSFContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.jspecify.annotations.Nullable;

/**
 * One track of a live stream on its way into a file: copied where the file can hold it, encoded anew where only the
 * sound's codec is in the way. Belongs to one thread.
 */
final class LiveTrack implements AutoCloseable {

    private static final Set<Integer> VIDEO = Set.of(
            AV_CODEC_ID_H264,
            AV_CODEC_ID_HEVC,
            AV_CODEC_ID_AV1,
            AV_CODEC_ID_VP9,
            AV_CODEC_ID_MPEG4,
            AV_CODEC_ID_MPEG2VIDEO,
            AV_CODEC_ID_MJPEG);
    private static final Set<Integer> SOUND = Set.of(
            AV_CODEC_ID_AAC,
            AV_CODEC_ID_MP3,
            AV_CODEC_ID_MP2,
            AV_CODEC_ID_AC3,
            AV_CODEC_ID_EAC3,
            AV_CODEC_ID_OPUS,
            AV_CODEC_ID_FLAC);
    private static final int ENCODED_RATE = 48_000;
    private static final int ENCODED_BITRATE = 64_000;

    private final int index;
    private final AVStream stream;
    private final OpenPolicy policy;
    private final boolean video;
    private final TimeBase sourceTimeBase;
    private final TimeBase timeBase;
    private final AVCodecParameters parameters = avcodec_parameters_alloc();
    private @Nullable AVBSFContext headerRemoval;
    private @Nullable Decoder decoder;
    private @Nullable FilterGraph resampler;
    private @Nullable Encoder encoder;
    private boolean ready;

    private LiveTrack(int index, AVStream stream, OpenPolicy policy, boolean encoded) throws FFmpegException {
        this.index = index;
        this.stream = stream;
        this.policy = policy;
        this.video = stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO;
        this.sourceTimeBase = TimeBase.of(stream.time_base());
        this.timeBase = encoded ? new TimeBase(1, ENCODED_RATE) : sourceTimeBase;
        try {
            if (encoded) {
                openEncoder();
                return;
            }
            check(avcodec_parameters_copy(parameters, stream.codecpar()), "copy codec parameters");
            if (parameters.codec_id() == AV_CODEC_ID_AAC) {
                headerRemoval = headerRemoval();
            }
            ready = parameters.codec_id() != AV_CODEC_ID_AAC || parameters.extradata_size() >= 2;
            // A tag of the source's container means nothing in ours; Apple wants to see the parameter sets outside.
            parameters.codec_tag(parameters.codec_id() == AV_CODEC_ID_HEVC ? tag("hvc1") : 0);
        } catch (FFmpegException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** @return null for what cannot be kept at all */
    static @Nullable LiveTrack of(int index, AVStream stream, OpenPolicy policy, RecordingFormat format)
            throws FFmpegException {
        int codec = stream.codecpar().codec_id();
        if (stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO) {
            boolean known = (VIDEO.contains(codec) || format.holds(codec))
                    && stream.codecpar().width() > 0;
            return known ? new LiveTrack(index, stream, policy, false) : null;
        }
        if (SOUND.contains(codec) || format.holds(codec)) {
            return new LiveTrack(index, stream, policy, false);
        }
        boolean decodable = stream.codecpar().sample_rate() > 0 && avcodec_find_decoder(codec) != null;
        try {
            return decodable ? new LiveTrack(index, stream, policy, true) : null;
        } catch (FFmpegException notAllowed) {
            return null;
        }
    }

    private void openEncoder() throws FFmpegException {
        decoder = Decoder.open(stream, policy, 1);
        int channels = Math.max(1, Math.min(2, stream.codecpar().ch_layout().nb_channels()));
        encoder = Encoder.aac(ENCODED_RATE, channels, ENCODED_BITRATE * channels);
        avcodec_parameters_copy(parameters, encoder.parameters());
        ready = true;
    }

    private AVBSFContext headerRemoval() throws FFmpegException {
        AVBSFContext filter = new AVBSFContext(null);
        check(av_bsf_alloc(av_bsf_get_by_name("aac_adtstoasc"), filter), "prepare the AAC filter");
        check(avcodec_parameters_copy(filter.par_in(), stream.codecpar()), "copy codec parameters");
        filter.time_base_in(stream.time_base());
        check(av_bsf_init(filter), "prepare the AAC filter");
        return filter;
    }

    private static int tag(String name) {
        return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
    }

    /** Its number in the source. */
    int index() {
        return index;
    }

    boolean isVideo() {
        return video;
    }

    boolean isEncoded() {
        return decoder != null;
    }

    AVStream stream() {
        return stream;
    }

    /** What a file's header says of the track; only once {@link #isReady}. */
    AVCodecParameters parameters() {
        return parameters;
    }

    /** Of the packets that come out. */
    TimeBase timeBase() {
        return timeBase;
    }

    /** Whether enough is known for a file's header. */
    boolean isReady() {
        return ready;
    }

    String codec() {
        return avcodec_get_name(stream.codecpar().codec_id()).getString();
    }

    /** Passes on what the packet becomes. @param packet with mended times; consumed */
    void convert(AVPacket packet, Encoder.PacketConsumer consumer) throws FFmpegException {
        Decoder sound = decoder;
        if (sound != null) {
            sound.decode(packet, frame -> encode(frame, consumer));
            av_packet_unref(packet);
            return;
        }
        AVBSFContext filter = headerRemoval;
        if (filter == null) {
            consumer.accept(packet);
            return;
        }
        int sent = av_bsf_send_packet(filter, packet);
        if (sent == AVERROR_INVALIDDATA) {
            av_packet_unref(packet);
            return;
        }
        check(sent, "read an AAC header");
        while (true) {
            int received = av_bsf_receive_packet(filter, packet);
            if (received == AVERROR_EAGAIN() || received == AVERROR_EOF || received == AVERROR_INVALIDDATA) {
                return;
            }
            check(received, "read an AAC header");
            takeConfiguration(packet);
            consumer.accept(packet);
        }
    }

    private void takeConfiguration(AVPacket packet) throws FFmpegException {
        if (ready) {
            return;
        }
        try (SizeTPointer size = new SizeTPointer(1)) {
            BytePointer found = av_packet_get_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, size);
            if (found == null || found.isNull() || size.get() < 2) {
                throw new FFmpegException("The AAC track does not say how it is coded");
            }
            Pointer copy = av_mallocz(size.get() + AV_INPUT_BUFFER_PADDING_SIZE);
            Pointer.memcpy(copy, found, size.get());
            parameters.extradata(new BytePointer(copy));
            parameters.extradata_size((int) size.get());
            ready = true;
        }
    }

    private void encode(AVFrame frame, Encoder.PacketConsumer consumer) throws FFmpegException {
        Encoder target = encoder;
        if (target == null) {
            return;
        }
        FilterGraph graph = resampler;
        if (graph == null) {
            int channels = parameters.ch_layout().nb_channels();
            // async=1 fills gaps and trims overlaps, so that the sound never runs away from the picture.
            graph = FilterGraph.audio(
                    frame,
                    sourceTimeBase,
                    "aresample=" + ENCODED_RATE + ":async=1,aformat=sample_fmts=fltp:sample_rates=" + ENCODED_RATE
                            + ":channel_layouts=" + (channels == 1 ? "mono" : "stereo") + ",asetnsamples=n=1024:p=1");
            resampler = graph;
        }
        frame.pts(frame.best_effort_timestamp());
        graph.filter(frame, made -> target.encode(made, consumer));
    }

    /** Passes on what is still on its way, and begins anew. */
    void flush(Encoder.PacketConsumer consumer) throws FFmpegException {
        Encoder target = encoder;
        FilterGraph graph = resampler;
        if (target != null && graph != null) {
            graph.filter(null, made -> target.encode(made, consumer));
            target.encode(null, consumer);
            closeEncoder();
            openEncoder();
        }
    }

    private void closeEncoder() {
        if (resampler != null) {
            resampler.close();
            resampler = null;
        }
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
        if (decoder != null) {
            decoder.close();
            decoder = null;
        }
    }

    @Override
    public void close() {
        closeEncoder();
        if (headerRemoval != null) {
            av_bsf_free(headerRemoval);
            headerRemoval = null;
        }
        avcodec_parameters_free(parameters);
    }
}
