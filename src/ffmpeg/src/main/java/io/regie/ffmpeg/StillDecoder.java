package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONKEY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Decodes single pictures: images, covers, key frames. One thread, within the policy of the open file. */
final class StillDecoder implements AutoCloseable {

    private final AVCodecContext context;

    private StillDecoder(AVCodecContext context) {
        this.context = context;
    }

    static StillDecoder open(MediaInput input, int stream) throws FFmpegException {
        AVStream opened = input.stream(stream);
        int id = opened.codecpar().codec_id();
        // The decoder that libav prefers for AV1 needs hardware.
        AVCodec codec = id == AV_CODEC_ID_AV1 ? avcodec_find_decoder_by_name("libaom-av1") : avcodec_find_decoder(id);
        if (codec == null
                || codec.isNull()
                || !input.policy().codecs().contains(codec.name().getString())) {
            throw new FFmpegException("The picture's codec is not accepted.");
        }
        AVCodecContext context = avcodec_alloc_context3(codec);
        StillDecoder decoder = new StillDecoder(context);
        try {
            check(avcodec_parameters_to_context(context, opened.codecpar()), "set up the decoder");
            context.max_pixels(input.policy().maxPixels());
            context.thread_count(1);
            context.skip_frame(AVDISCARD_NONKEY);
            context.pkt_timebase(opened.time_base());
            check(avcodec_open2(context, codec, (AVDictionary) null), "open the decoder");
            return decoder;
        } catch (FFmpegException | RuntimeException e) {
            decoder.close();
            throw e;
        }
    }

    /** Takes a packet, or null at the end. @return false when the packet is damaged, which is no reason to stop */
    boolean send(@Nullable AVPacket packet) {
        return avcodec_send_packet(context, packet) >= 0;
    }

    /** @return false when there is no picture (yet), or a damaged one */
    boolean receive(AVFrame frame) {
        return avcodec_receive_frame(context, frame) >= 0;
    }

    /** Decodes one packet by itself, without waiting for the ones that might precede it in display order. */
    boolean decode(AVPacket packet, AVFrame frame) {
        boolean decoded = send(packet) && receive(frame);
        if (!decoded) {
            decoded = send(null) && receive(frame);
        }
        avcodec_flush_buffers(context);
        return decoded;
    }

    @Override
    public void close() {
        avcodec_free_context(context);
    }
}
