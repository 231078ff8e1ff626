package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/** Writes a canvas as an image file that holds pixels and nothing else: no EXIF, no name of a program. */
final class ImageEncoder {

    /** Of mpeg's scale from 1 (best) to 31: artefacts stay invisible at arm's length. */
    private static final int JPEG_QUANTIZER = 4;

    private static final String WEBP_QUALITY = "80";

    private ImageEncoder() {}

    /** @return bytes written */
    static long writeJpeg(Canvas canvas, Path file) throws IOException {
        canvas.flatten();
        AVFrame planar = av_frame_alloc();
        SwsContext converter = sws_alloc_context();
        try {
            planar.format(AV_PIX_FMT_YUVJ420P).width(canvas.width()).height(canvas.height());
            // JFIF knows this matrix and full range only.
            planar.color_range(AVCOL_RANGE_JPEG).colorspace(AVCOL_SPC_SMPTE170M);
            check(av_frame_get_buffer(planar, 0), "allocate a picture");
            // Without exact rounding white comes out tinted.
            converter.flags(SWS_BICUBIC | SWS_ACCURATE_RND).threads(1);
            check(sws_scale_frame(converter, planar, canvas.frame()), "convert the picture");
            planar.quality(FF_QP2LAMBDA * JPEG_QUANTIZER);
            return write("mjpeg", planar, file);
        } finally {
            sws_free_context(converter);
            av_frame_free(planar);
        }
    }

    /** @return bytes written */
    static long writeWebp(Canvas canvas, Path file) throws IOException {
        return write("libwebp", canvas.frame(), file);
    }

    /** @return bytes written */
    static long writePng(Canvas canvas, Path file) throws IOException {
        AVFrame picture = av_frame_alloc();
        SwsContext converter = sws_alloc_context();
        try {
            picture.format(AV_PIX_FMT_RGBA).width(canvas.width()).height(canvas.height());
            check(av_frame_get_buffer(picture, 0), "allocate a picture");
            converter.threads(1);
            check(sws_scale_frame(converter, picture, canvas.frame()), "convert the picture");
            return write("png", picture, file);
        } finally {
            sws_free_context(converter);
            av_frame_free(picture);
        }
    }

    private static long write(String encoder, AVFrame picture, Path file) throws IOException {
        AVCodecContext context = avcodec_alloc_context3(avcodec_find_encoder_by_name(encoder));
        AVDictionary options = new AVDictionary(null);
        AVPacket packet = av_packet_alloc();
        try {
            context.width(picture.width()).height(picture.height()).pix_fmt(picture.format());
            context.time_base().num(1).den(1);
            context.thread_count(1);
            context.flags(context.flags() | AV_CODEC_FLAG_BITEXACT);
            if (picture.format() == AV_PIX_FMT_BGRA) {
                av_dict_set(options, "quality", WEBP_QUALITY, 0);
            } else if (picture.format() == AV_PIX_FMT_YUVJ420P) {
                context.color_range(AVCOL_RANGE_JPEG);
                context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
                context.global_quality(FF_QP2LAMBDA * JPEG_QUANTIZER);
            }
            check(avcodec_open2(context, null, options), "open the encoder " + encoder);
            picture.pts(0);
            check(avcodec_send_frame(context, picture), "encode the picture");
            avcodec_send_frame(context, null);
            check(avcodec_receive_packet(context, packet), "encode the picture");
            ByteBuffer bytes = packet.data().capacity(packet.size()).asByteBuffer();
            try (FileChannel out = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
            return packet.size();
        } finally {
            av_packet_free(packet);
            av_dict_free(options);
            avcodec_free_context(context);
        }
    }
}
