package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** libav as the sender of a stream: waits for one receiver and plays a clip to it. */
final class LibavPeer {

    private LibavPeer() {}

    /** @param speed seconds of media in a second */
    static Thread send(Path clip, String format, String url, Map<String, String> options, double speed) {
        Thread thread = new Thread(
                () -> {
                    try {
                        play(clip, format, url, options, speed);
                    } catch (FFmpegException hungUp) {
                        // As receivers may.
                    }
                },
                "libav-peer");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void play(Path clip, String format, String url, Map<String, String> more, double speed)
            throws FFmpegException {
        AVPacket packet = av_packet_alloc();
        AVFormatContext context = new AVFormatContext(null);
        AVIOContext io = new AVIOContext(null);
        try (MediaInput input = MediaInput.open(clip, OpenPolicy.media(), () -> false)) {
            check(avformat_alloc_output_context2(context, null, format, url), "send");
            for (int i = 0; i < input.streamCount(); i++) {
                AVStream stream = avformat_new_stream(context, null);
                check(avcodec_parameters_copy(stream.codecpar(), input.stream(i).codecpar()), "send");
                stream.codecpar().codec_tag(0);
            }
            AVDictionary options = new AVDictionary(null);
            more.forEach((key, value) -> av_dict_set(options, key, value, 0));
            check(avio_open2(io, url, AVIO_FLAG_WRITE, null, options), "send");
            av_dict_free(options);
            context.pb(io);
            context.flush_packets(1);
            check(avformat_write_header(context, (AVDictionary) null), "send");
            long began = System.nanoTime();
            while (input.read(packet)) {
                AVStream in = input.stream(packet.stream_index());
                AVStream out = context.streams(packet.stream_index());
                double at = TimeBase.of(in.time_base()).seconds(packet.dts());
                long wait = began + Math.round(at / speed * 1e9) - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                }
                av_packet_rescale_ts(packet, in.time_base(), out.time_base());
                check(av_interleaved_write_frame(context, packet), "send");
            }
            check(av_write_trailer(context), "send");
        } finally {
            if (!io.isNull()) {
                avio_closep(io);
            }
            av_packet_free(packet);
            avformat_free_context(context);
        }
    }
}
