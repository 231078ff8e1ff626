package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_FRAME_DURATION;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/** Turns frames into packets. Belongs to one thread. */
final class Encoder implements AutoCloseable {

    /** More than full high definition. */
    private static final int LARGE = 2_100_000;
    /** More than ultra high definition. */
    private static final int HUGE = 9_000_000;

    private final AVCodecContext context;
    private final AVCodecParameters parameters = avcodec_parameters_alloc();
    private final AVPacket packet = av_packet_alloc();

    /** What to do with a packet, which is only valid during the call. */
    @FunctionalInterface
    interface PacketConsumer {
        void accept(AVPacket packet) throws FFmpegException;
    }

    private Encoder(String name, Consumer<AVCodecContext> settings, Map<String, String> options)
            throws FFmpegException {
        AVCodec codec = avcodec_find_encoder_by_name(name);
        if (codec == null || codec.isNull()) {
            throw new FFmpegException("This build of FFmpeg has no encoder " + name);
        }
        context = avcodec_alloc_context3(codec);
        try {
            settings.accept(context);
            // MP4 keeps parameter sets in its header, not in the stream.
            context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
            AVDictionary dictionary = new AVDictionary(null);
            options.forEach((key, value) -> av_dict_set(dictionary, key, value, 0));
            int opened = avcodec_open2(context, codec, dictionary);
            av_dict_free(dictionary);
            check(opened, "open the encoder " + name);
            check(avcodec_parameters_from_context(parameters, context), "copy codec parameters");
        } catch (FFmpegException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** x264 for one rung, as {@link VideoEncoding} says. */
    static Encoder h264(VideoEncoding encoding, TimeBase timeBase, AVCodecParameters colours) throws FFmpegException {
        return new Encoder(
                "libx264",
                context -> {
                    context.width(encoding.width());
                    context.height(encoding.height());
                    context.pix_fmt(AV_PIX_FMT_YUV420P);
                    timeBase.copyTo(context.time_base());
                    context.framerate().num((int) Math.round(encoding.frameRate() * 1000));
                    context.framerate().den(1000);
                    context.sample_aspect_ratio().num(1);
                    context.sample_aspect_ratio().den(1);
                    // Key frames are forced where segments need them; this is an upper bound and steers scene cuts.
                    context.gop_size(Math.max(2, (int) Math.round(encoding.frameRate() * 2)));
                    // Sixteen cost little and win a little, but the encoder holds that many pictures back: above full
                    // high definition it would be more memory than all other rungs together.
                    context.max_b_frames(Math.min(encoding.width(), encoding.height()) > 1080 ? 2 : 16);
                    context.rc_max_rate(encoding.maxRate());
                    context.rc_buffer_size((int) Math.min(encoding.maxRate() * 2, Integer.MAX_VALUE));
                    // Rungs run beside each other: more threads in each would cost processor time, memory and quality.
                    context.thread_count(1);
                    copyColours(colours, context);
                },
                // forced-idr: a forced key frame must be one that can be cut at.
                Map.of("preset", "veryfast", "crf", "23", "b_strategy", "1", "forced-idr", "1"));
    }

    /**
     * x264 for what is to look like its source, whose pixels it keeps. Alone in its process, so it may have threads.
     *
     * @param pixelAspect width of a pixel by its height
     */
    static Encoder clip(
            int width,
            int height,
            AVRational pixelAspect,
            double frameRate,
            TimeBase timeBase,
            AVCodecParameters colours)
            throws FFmpegException {
        return new Encoder(
                "libx264",
                context -> {
                    context.width(width);
                    context.height(height);
                    context.pix_fmt(AV_PIX_FMT_YUV420P);
                    timeBase.copyTo(context.time_base());
                    context.framerate().num((int) Math.round(frameRate * 1000));
                    context.framerate().den(1000);
                    context.sample_aspect_ratio().num(pixelAspect.num());
                    context.sample_aspect_ratio().den(pixelAspect.den());
                    // Short enough that the clip is published as it is.
                    context.gop_size(Math.max(2, (int) Math.round(frameRate * 4)));
                    // Each thread holds pictures of its own.
                    int most = width * height > LARGE ? 1 : 4;
                    context.thread_count(Math.min(most, Runtime.getRuntime().availableProcessors()));
                    copyColours(colours, context);
                },
                clipOptions((long) width * height));
    }

    /** How many pictures the encoder looks ahead decides on its memory: of large ones that would be gigabytes. */
    private static Map<String, String> clipOptions(long pixels) {
        if (pixels > HUGE) {
            return Map.of("preset", "ultrafast", "crf", "18", "rc-lookahead", "0");
        }
        return pixels > LARGE
                ? Map.of("preset", "veryfast", "crf", "18", "rc-lookahead", "8", "bf", "2")
                : Map.of("preset", "fast", "crf", "18");
    }

    private static void copyColours(AVCodecParameters from, AVCodecContext to) {
        // Red, green and blue have become luma and chroma by now.
        to.colorspace(from.color_space() == AVCOL_SPC_RGB ? AVCOL_SPC_SMPTE170M : from.color_space());
        to.color_primaries(from.color_primaries());
        to.color_trc(from.color_trc());
        to.color_range(AVCOL_RANGE_MPEG);
    }

    static Encoder aac(int sampleRate, int channels, int bitrate) throws FFmpegException {
        return new Encoder(
                "aac",
                context -> {
                    context.sample_rate(sampleRate);
                    context.sample_fmt(AV_SAMPLE_FMT_FLTP);
                    av_channel_layout_default(context.ch_layout(), channels);
                    context.bit_rate(bitrate);
                    context.time_base().num(1);
                    context.time_base().den(sampleRate);
                },
                Map.of());
    }

    /** Palette pictures, of which each holds only what changed. Times in hundredths of a second, as the format counts. */
    static Encoder gif(int width, int height) throws FFmpegException {
        return new Encoder("gif", context -> picture(context, width, height, AV_PIX_FMT_PAL8), Map.of());
    }

    /** @param quality 0 to 100 */
    static Encoder webp(int width, int height, int quality) throws FFmpegException {
        return new Encoder(
                "libwebp_anim",
                context -> picture(context, width, height, AV_PIX_FMT_BGRA),
                Map.of("quality", Integer.toString(quality)));
    }

    /** A short film that plays again and again. @param quality x264's constant rate factor */
    static Encoder loop(int width, int height, int quality) throws FFmpegException {
        return new Encoder(
                "libx264",
                context -> {
                    picture(context, width, height, AV_PIX_FMT_YUV420P);
                    // Pictures out of order would blur how long uneven ones last, and need an edit list to begin at 0.
                    context.max_b_frames(0);
                    // Else the last picture would last no time.
                    context.flags(context.flags() | AV_CODEC_FLAG_FRAME_DURATION);
                    context.thread_count(1);
                    context.colorspace(AVCOL_SPC_SMPTE170M);
                    context.color_range(AVCOL_RANGE_MPEG);
                },
                // What is looked ahead is held as pictures; a short film wins nothing by more.
                Map.of("preset", "medium", "crf", Integer.toString(quality), "rc-lookahead", "20"));
    }

    private static void picture(AVCodecContext context, int width, int height, int format) {
        context.width(width);
        context.height(height);
        context.pix_fmt(format);
        context.time_base().num(1);
        context.time_base().den(100);
        context.sample_aspect_ratio().num(1);
        context.sample_aspect_ratio().den(1);
    }

    AVCodecParameters parameters() {
        return parameters;
    }

    /** @param frame null to get what the encoder still holds at the end */
    void encode(@Nullable AVFrame frame, PacketConsumer consumer) throws FFmpegException {
        check(avcodec_send_frame(context, frame), "encode a frame");
        while (true) {
            int received = avcodec_receive_packet(context, packet);
            if (received == AVERROR_EAGAIN() || received == AVERROR_EOF) {
                return;
            }
            check(received, "encode a frame");
            try {
                consumer.accept(packet);
            } finally {
                av_packet_unref(packet);
            }
        }
    }

    @Override
    public void close() {
        av_packet_free(packet);
        avcodec_parameters_free(parameters);
        avcodec_free_context(context);
    }
}
