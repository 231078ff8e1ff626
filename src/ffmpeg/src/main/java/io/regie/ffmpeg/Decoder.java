package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONKEY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set_int;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Turns packets of one track into frames. Belongs to one thread. */
public final class Decoder implements AutoCloseable {

    /** More broken packets than this in a row and the rest of the track is not worth the time. */
    private static final int MAX_BROKEN = 500;

    private final AVCodecContext context;
    private final AVFrame frame = av_frame_alloc();
    private int broken;
    private int refused;

    /** What to do with a frame, which is only valid during the call. */
    @FunctionalInterface
    public interface FrameConsumer {
        void accept(AVFrame frame) throws FFmpegException;
    }

    private Decoder(AVCodecContext context) {
        this.context = context;
    }

    /** Opens the decoder of a track, under the allow-list and limits with which the file was opened. */
    public static Decoder open(AVStream stream, OpenPolicy policy, int threads) throws FFmpegException {
        AVCodec codec = find(stream.codecpar().codec_id());
        if (codec == null || codec.isNull()) {
            throw new FFmpegException("There is no decoder for "
                    + avcodec_get_name(stream.codecpar().codec_id()).getString());
        }
        AVCodecContext context = avcodec_alloc_context3(codec);
        try {
            check(avcodec_parameters_to_context(context, stream.codecpar()), "copy codec parameters");
            context.pkt_timebase(stream.time_base());
            AVDictionary options = new AVDictionary(null);
            av_dict_set(options, "codec_whitelist", policy.codecList(), 0);
            av_dict_set_int(options, "max_pixels", policy.maxPixels(), 0);
            av_dict_set_int(options, "threads", threads, 0);
            int opened = avcodec_open2(context, codec, options);
            av_dict_free(options);
            check(opened, "open the " + codec.name().getString() + " decoder");
            return new Decoder(context);
        } catch (FFmpegException | RuntimeException e) {
            avcodec_free_context(context);
            throw e;
        }
    }

    private static @Nullable AVCodec find(int id) {
        if (id == AV_CODEC_ID_AV1) {
            // FFmpeg's own AV1 decoder needs hardware.
            return avcodec_find_decoder_by_name("libaom-av1");
        }
        return avcodec_find_decoder(id);
    }

    /** Skips everything but key frames, for stills. */
    public void onlyKeyFrames() {
        context.skip_frame(AVDISCARD_NONKEY);
    }

    /** How many damaged packets were passed over so far. */
    int refused() {
        return refused;
    }

    public AVCodecContext context() {
        return context;
    }

    /**
     * Decodes a packet. Damaged packets are passed over, as players do.
     *
     * @param packet null to get what the decoder still holds at the end
     */
    public void decode(@Nullable AVPacket packet, FrameConsumer consumer) throws FFmpegException {
        int sent = avcodec_send_packet(context, packet);
        if (sent == AVERROR_INVALIDDATA) {
            refused++;
            if (++broken > MAX_BROKEN) {
                throw new FFmpegException("decode the track", sent);
            }
        } else if (sent != AVERROR_EOF) {
            check(sent, "decode a packet");
        }
        while (true) {
            int received = avcodec_receive_frame(context, frame);
            if (received == AVERROR_EAGAIN() || received == AVERROR_EOF) {
                return;
            }
            if (received == AVERROR_INVALIDDATA) {
                refused++;
                if (++broken > MAX_BROKEN) {
                    throw new FFmpegException("decode the track", received);
                }
                continue;
            }
            check(received, "decode a frame");
            broken = 0;
            try {
                consumer.accept(frame);
            } finally {
                av_frame_unref(frame);
            }
        }
    }

    @Override
    public void close() {
        av_frame_free(frame);
        avcodec_free_context(context);
    }
}
