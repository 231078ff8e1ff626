package io.regie.testkit;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and muxes a {@link Clip} with libav directly, not through the product's own FFmpeg code: a clip must not share
 * the faults it is there to find.
 */
final class ClipWriter implements AutoCloseable {

    /** Fine enough for uneven frames, and a multiple of every frame rate in use. */
    private static final int VIDEO_CLOCK = 90_000;

    static {
        // Without the suffix JavaCPP would look for the build without x264.
        if (System.getProperty("org.bytedeco.javacpp.platform.extension") == null) {
            System.setProperty("org.bytedeco.javacpp.platform.extension", "-gpl");
        }
    }

    private final Clip clip;
    private final AVFormatContext format = new AVFormatContext(null);
    private final AVPacket packet = av_packet_alloc();
    private final Scene scene;
    private @Nullable Encoder video;
    private @Nullable Encoder audio;
    private boolean open;

    private record Encoder(AVCodecContext context, AVStream stream, AVFrame frame) {}

    private ClipWriter(Clip clip) {
        this.clip = clip;
        this.scene = clip.slowWaves ? new SlowWaves(clip) : new TestPattern(clip);
    }

    static void write(Clip clip, Path file) throws IOException {
        synchronized (ClipWriter.class) {
            av_log_set_level(AV_LOG_ERROR);
        }
        try (ClipWriter writer = new ClipWriter(clip)) {
            writer.run(file);
        }
    }

    private void run(Path file) throws IOException {
        String url = "file:" + file.toAbsolutePath();
        check(avformat_alloc_output_context2(format, null, clip.container.muxer, url), "Allocate " + clip.container);
        format.flags(format.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
        if (clip.video != VideoCodec.NONE) {
            video = openVideo();
        }
        if (clip.audio != AudioCodec.NONE) {
            audio = openAudio();
        }
        AVStream cover = clip.cover ? addCover() : null;
        setMetadata();

        AVIOContext io = new AVIOContext(null);
        check(avio_open(io, url, AVIO_FLAG_WRITE), "Open " + file);
        format.pb(io);
        open = true;
        AVDictionary options = new AVDictionary(null);
        if (clip.fragmented) {
            // delay_moov keeps start offsets and edit lists, which empty_moov alone drops.
            av_dict_set(options, "movflags", "frag_keyframe+delay_moov+default_base_moof", 0);
        } else if (clip.faststart && clip.container.isMp4()) {
            av_dict_set(options, "movflags", "faststart", 0);
        }
        if (clip.live) {
            av_dict_set(options, "live", "1", 0);
        }
        int header = avformat_write_header(format, options);
        av_dict_free(options);
        check(header, "Header of " + clip.container);
        if (cover != null) {
            writeCover(cover);
        }
        encode();
        check(av_write_trailer(format), "Trailer");
    }

    private void setMetadata() {
        AVDictionary metadata = new AVDictionary(null);
        if (clip.title != null) {
            av_dict_set(metadata, "title", clip.title, 0);
        }
        if (clip.artist != null) {
            av_dict_set(metadata, "artist", clip.artist, 0);
        }
        format.metadata(metadata);
        if (clip.language != null && audio != null) {
            AVDictionary language = new AVDictionary(null);
            av_dict_set(language, "language", clip.language, 0);
            audio.stream.metadata(language);
        }
    }

    private Encoder openVideo() throws IOException {
        AVCodecContext context = allocate(clip.video.encoder);
        context.width(clip.width).height(clip.height);
        context.pix_fmt(
                switch (clip.video) {
                    case MJPEG -> AV_PIX_FMT_YUVJ420P;
                    default -> clip.tenBit ? AV_PIX_FMT_YUV420P10LE : AV_PIX_FMT_YUV420P;
                });
        context.time_base(clip.variableFrameRate ? rational(1, VIDEO_CLOCK) : rational(1, clip.fps));
        context.framerate(rational(clip.fps, 1));
        context.sample_aspect_ratio(rational(clip.aspectNumerator, clip.aspectDenominator));
        context.gop_size(clip.keyFrameEvery);
        context.max_b_frames(clip.bFrames);
        context.thread_count(1);
        if (clip.interlaced) {
            context.flags(context.flags() | AV_CODEC_FLAG_INTERLACED_DCT | AV_CODEC_FLAG_INTERLACED_ME);
            context.field_order(AV_FIELD_TT);
        }
        AVDictionary options = new AVDictionary(null);
        switch (clip.video) {
            case H264 -> {
                av_dict_set(options, "preset", clip.slowWaves ? "veryfast" : "ultrafast", 0);
                av_dict_set(options, "crf", clip.slowWaves ? "18" : "23", 0);
                av_dict_set(
                        options,
                        "x264-params",
                        "scenecut=0:keyint=%1$d:min-keyint=%1$d:bframes=%2$d:b-adapt=0:open-gop=%3$d"
                                .formatted(clip.keyFrameEvery, clip.bFrames, clip.openGroups ? 1 : 0),
                        0);
            }
            case HEVC -> {
                av_dict_set(options, "preset", "ultrafast", 0);
                av_dict_set(
                        options,
                        "x265-params",
                        "log-level=error:pools=none:frame-threads=1:scenecut=0:keyint=%1$d:min-keyint=%1$d:bframes=%2$d"
                                .formatted(clip.keyFrameEvery, clip.bFrames),
                        0);
            }
            case VP8, VP9 -> {
                av_dict_set(options, "deadline", "realtime", 0);
                av_dict_set(options, "cpu-used", "8", 0);
                context.bit_rate(400_000);
            }
            case AV1 -> {
                av_dict_set(options, "usage", "realtime", 0);
                av_dict_set(options, "cpu-used", "8", 0);
            }
            case MPEG2, MPEG4, MJPEG -> context.bit_rate(1_000_000);
            case MAGICYUV, NONE -> {}
        }
        return opened(context, clip.video.encoder, options);
    }

    private Encoder openAudio() throws IOException {
        AVCodecContext context = allocate(clip.audio.encoder);
        context.sample_rate(clip.sampleRate);
        av_channel_layout_default(context.ch_layout(), clip.channels);
        context.sample_fmt(
                switch (clip.audio) {
                    case AAC, MP3, AC3 -> AV_SAMPLE_FMT_FLTP;
                    case OPUS -> AV_SAMPLE_FMT_FLT;
                    case FLAC, PCM, ALAW, NONE -> AV_SAMPLE_FMT_S16;
                });
        context.time_base(rational(1, clip.sampleRate));
        context.bit_rate(64_000L * clip.channels);
        context.thread_count(1);
        return opened(context, clip.audio.encoder, new AVDictionary(null));
    }

    private AVCodecContext allocate(String encoder) throws IOException {
        AVCodec codec = avcodec_find_encoder_by_name(encoder);
        if (codec == null) {
            throw new IOException("This FFmpeg has no encoder " + encoder);
        }
        AVCodecContext context = avcodec_alloc_context3(codec);
        context.flags(context.flags() | AV_CODEC_FLAG_BITEXACT);
        if ((format.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
            context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        }
        return context;
    }

    private Encoder opened(AVCodecContext context, String encoder, AVDictionary options) throws IOException {
        int result = avcodec_open2(context, avcodec_find_encoder_by_name(encoder), options);
        av_dict_free(options);
        if (result < 0) {
            avcodec_free_context(context);
        }
        check(result, "Open encoder " + encoder);
        AVStream stream = avformat_new_stream(format, null);
        check(avcodec_parameters_from_context(stream.codecpar(), context), "Parameters of " + encoder);
        stream.time_base(context.time_base());
        stream.sample_aspect_ratio(context.sample_aspect_ratio());
        AVFrame frame = av_frame_alloc();
        if (context.codec_type() == AVMEDIA_TYPE_VIDEO) {
            stream.avg_frame_rate(context.framerate());
            if (clip.rotation != 0) {
                setRotation(stream);
            }
            frame.format(context.pix_fmt()).width(context.width()).height(context.height());
        } else {
            frame.format(context.sample_fmt()).sample_rate(clip.sampleRate).nb_samples(samplesPerFrame(context));
            av_channel_layout_copy(frame.ch_layout(), context.ch_layout());
        }
        Encoder opened = new Encoder(context, stream, frame);
        check(av_frame_get_buffer(frame, 0), "Frame of " + encoder);
        return opened;
    }

    private static int samplesPerFrame(AVCodecContext context) {
        return context.frame_size() > 0 ? context.frame_size() : 1024;
    }

    private void setRotation(AVStream stream) throws IOException {
        int[] matrix = new int[9];
        // libav counts anticlockwise and hands out the negated angle.
        av_display_rotation_set(matrix, clip.rotation);
        IntPointer count = new IntPointer(1).put(stream.codecpar().nb_coded_side_data());
        PointerPointer<AVPacketSideData> holder = new PointerPointer<>(1);
        holder.put(0, stream.codecpar().coded_side_data());
        AVPacketSideData added = av_packet_side_data_new(holder, count, AV_PKT_DATA_DISPLAYMATRIX, 36, 0);
        if (added == null || added.isNull()) {
            throw new IOException("No memory for the display matrix");
        }
        new IntPointer(added.data()).put(matrix, 0, 9);
        stream.codecpar().coded_side_data(holder.get(AVPacketSideData.class, 0));
        stream.codecpar().nb_coded_side_data(count.get());
    }

    private AVStream addCover() {
        AVStream stream = avformat_new_stream(format, null);
        stream.codecpar()
                .codec_type(AVMEDIA_TYPE_VIDEO)
                .codec_id(AV_CODEC_ID_MJPEG)
                .format(AV_PIX_FMT_YUVJ420P)
                .width(200)
                .height(200);
        stream.disposition(AV_DISPOSITION_ATTACHED_PIC);
        stream.time_base(rational(1, VIDEO_CLOCK));
        return stream;
    }

    private void writeCover(AVStream stream) throws IOException {
        byte[] jpeg = Images.jpegBytes(200, 200);
        check(av_new_packet(packet, jpeg.length), "Cover");
        packet.data().put(jpeg);
        packet.stream_index(stream.index());
        packet.flags(AV_PKT_FLAG_KEY);
        packet.pts(0).dts(0);
        check(av_interleaved_write_frame(format, packet), "Write cover");
    }

    private void encode() throws IOException {
        Encoder picture = video;
        Encoder sound = audio;
        int frames = picture == null ? 0 : (int) Math.round(clip.seconds * clip.fps);
        long samples = sound == null ? 0 : Math.round(clip.seconds * clip.sampleRate);
        int frame = 0;
        long sample = 0;
        while (frame < frames || sample < samples) {
            boolean takeVideo = sample >= samples
                    || (frame < frames && (double) frame / clip.fps <= (double) sample / clip.sampleRate);
            if (takeVideo && picture != null) {
                encodePicture(picture, frame++);
            } else if (sound != null) {
                sample += encodeSound(sound, sample, samples);
            }
        }
        for (Encoder encoder : Arrays.asList(picture, sound)) {
            if (encoder != null) {
                send(encoder, null);
            }
        }
    }

    private void encodePicture(Encoder encoder, int index) throws IOException {
        AVFrame frame = encoder.frame;
        check(av_frame_make_writable(frame), "Writable frame");
        scene.draw(frame, index);
        if (clip.variableFrameRate) {
            // Of each three frame slots the second is skipped by every third frame: 0, 1, 2, 4, 5, 6, 8 …
            frame.pts((index + index / 3L) * VIDEO_CLOCK / clip.fps);
        } else {
            frame.pts(index);
        }
        frame.flags(clip.interlaced ? AVFrame.AV_FRAME_FLAG_INTERLACED | AVFrame.AV_FRAME_FLAG_TOP_FIELD_FIRST : 0);
        frame.sample_aspect_ratio(encoder.context.sample_aspect_ratio());
        frame.pict_type(AV_PICTURE_TYPE_NONE);
        send(encoder, frame);
    }

    private int encodeSound(Encoder encoder, long first, long total) throws IOException {
        AVFrame frame = encoder.frame;
        check(av_frame_make_writable(frame), "Writable samples");
        int wanted = samplesPerFrame(encoder.context);
        int count = (int) Math.min(wanted, total - first);
        frame.nb_samples(count);
        for (int channel = 0; channel < clip.channels; channel++) {
            float[] tone = scene.tone(first, count, channel);
            switch (encoder.context.sample_fmt()) {
                case AV_SAMPLE_FMT_FLTP -> new FloatPointer(frame.extended_data(channel)).put(tone, 0, count);
                case AV_SAMPLE_FMT_FLT -> {
                    FloatPointer data = new FloatPointer(frame.data(0));
                    for (int i = 0; i < count; i++) {
                        data.put((long) i * clip.channels + channel, tone[i]);
                    }
                }
                default -> {
                    ShortPointer data = new ShortPointer(frame.data(0));
                    for (int i = 0; i < count; i++) {
                        data.put((long) i * clip.channels + channel, (short) (tone[i] * Short.MAX_VALUE));
                    }
                }
            }
        }
        frame.pts(first + Math.round(clip.audioOffset * clip.sampleRate));
        send(encoder, frame);
        return count;
    }

    private void send(Encoder encoder, @Nullable AVFrame frame) throws IOException {
        check(avcodec_send_frame(encoder.context, frame), "Encode");
        while (true) {
            int result = avcodec_receive_packet(encoder.context, packet);
            if (result == AVERROR_EAGAIN() || result == AVERROR_EOF()) {
                return;
            }
            check(result, "Encode");
            if (encoder == video && packet.duration() == 0 && !clip.variableFrameRate) {
                packet.duration(1);
            }
            av_packet_rescale_ts(packet, encoder.context.time_base(), encoder.stream.time_base());
            packet.stream_index(encoder.stream.index());
            check(av_interleaved_write_frame(format, packet), "Mux");
        }
    }

    private static AVRational rational(int numerator, int denominator) {
        return new AVRational().num(numerator).den(denominator);
    }

    private static void check(int result, String what) throws IOException {
        if (result < 0) {
            BytePointer text = new BytePointer(AV_ERROR_MAX_STRING_SIZE);
            av_strerror(result, text, AV_ERROR_MAX_STRING_SIZE);
            throw new IOException(what + ": " + text.getString().split("\0", 2)[0]);
        }
    }

    @Override
    public void close() {
        for (Encoder encoder : Arrays.asList(video, audio)) {
            if (encoder != null) {
                av_frame_free(encoder.frame);
                avcodec_free_context(encoder.context);
            }
        }
        av_packet_free(packet);
        if (!format.isNull()) {
            if (open) {
                avio_closep(format.pb());
            }
            avformat_free_context(format);
        }
        Pointer.deallocateReferences();
    }
}
