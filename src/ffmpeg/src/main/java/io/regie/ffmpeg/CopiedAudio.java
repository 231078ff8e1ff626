package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_NEW_EXTRADATA;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_get_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_init;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_send_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_ref;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_free;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVBSFContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.jspecify.annotations.Nullable;

/**
 * Copies the AAC track as it is. From transport streams each packet carries its own header, which MP4 does not want: the
 * filter that takes it off also finds the configuration that MP4 does want, with the first packet.
 */
final class CopiedAudio implements TrackSink {

    private final AVCodecParameters parameters = avcodec_parameters_alloc();
    private final TimeBase timeBase;
    private final long origin;
    private final SegmentPlan plan;
    private final Path file;
    private final @Nullable String language;
    private final RenditionListener listener;
    private final AVPacket packet = av_packet_alloc();
    private @Nullable AVBSFContext headerRemoval;
    private @Nullable AudioWriter writer;

    CopiedAudio(Source source, SegmentPlan plan, Path file, RenditionListener listener) throws FFmpegException {
        AVStream stream = source.input().stream(source.audio().orElseThrow().index());
        this.timeBase = TimeBase.of(stream.time_base());
        this.origin = source.origin(timeBase);
        this.plan = plan;
        this.file = file;
        this.language = source.audio().orElseThrow().language();
        this.listener = listener;
        try {
            check(avcodec_parameters_copy(parameters, stream.codecpar()), "copy codec parameters");
            if (parameters.extradata_size() < 2) {
                headerRemoval = headerRemoval(stream);
            }
        } catch (FFmpegException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static AVBSFContext headerRemoval(AVStream stream) throws FFmpegException {
        AVBSFContext filter = new AVBSFContext(null);
        check(av_bsf_alloc(av_bsf_get_by_name("aac_adtstoasc"), filter), "prepare the AAC filter");
        check(avcodec_parameters_copy(filter.par_in(), stream.codecpar()), "copy codec parameters");
        filter.time_base_in(stream.time_base());
        check(av_bsf_init(filter), "prepare the AAC filter");
        return filter;
    }

    @Override
    public void accept(AVPacket source) throws FFmpegException {
        if (source.pts() == AV_NOPTS_VALUE || (source.flags() & AV_PKT_FLAG_DISCARD) != 0) {
            return;
        }
        check(av_packet_ref(packet, source), "copy a packet");
        AVBSFContext filter = headerRemoval;
        if (filter == null) {
            writePacket();
            return;
        }
        check(av_bsf_send_packet(filter, packet), "read an AAC header");
        int received = av_bsf_receive_packet(filter, packet);
        while (received != AVERROR_EAGAIN() && received != AVERROR_EOF) {
            check(received, "read an AAC header");
            takeConfiguration();
            writePacket();
            received = av_bsf_receive_packet(filter, packet);
        }
    }

    private void takeConfiguration() throws FFmpegException {
        if (parameters.extradata_size() >= 2) {
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
        }
    }

    private void writePacket() throws FFmpegException {
        AudioWriter target = writer;
        if (target == null) {
            long bandwidth = parameters.bit_rate() > 0 ? parameters.bit_rate() : 128_000;
            target = new AudioWriter(file, parameters, timeBase, language, bandwidth, plan, listener);
            writer = target;
        }
        packet.pts(packet.pts() - origin);
        packet.dts(packet.pts());
        target.write(packet);
        av_packet_unref(packet);
    }

    @Override
    public void finish() throws FFmpegException {
        if (writer != null) {
            writer.finish();
        }
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
        if (headerRemoval != null) {
            av_bsf_free(headerRemoval);
        }
        av_packet_free(packet);
        avcodec_parameters_free(parameters);
    }
}
