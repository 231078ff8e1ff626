package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONKEY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import java.io.IOException;
import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Decodes the key frames of a video and nothing else: a small part of the work of decoding it all. */
public final class KeyFrames {

    /** Below this distance, reading on is as fast as seeking. */
    private static final double SEEK_SECONDS = 4;

    /** Takes a frame for the length of the call. */
    @FunctionalInterface
    public interface Consumer {

        /** @param seconds from the start of the file */
        void accept(AVFrame frame, double seconds) throws IOException;
    }

    private KeyFrames() {}

    /**
     * Hands over key frames at least some time apart, in order, and skips what lies between where the file allows it. The
     * input is at its end afterwards.
     *
     * @param interval zero for every key frame
     * @throws java.util.concurrent.CancellationException when the input's opener said so
     */
    public static void decode(MediaInput input, int stream, Duration interval, Consumer consumer) throws IOException {
        AVPacket packet = av_packet_alloc();
        AVFrame frame = av_frame_alloc();
        for (int i = 0; i < input.streamCount(); i++) {
            input.stream(i).discard(i == stream ? AVDISCARD_NONKEY : AVDISCARD_ALL);
        }
        try (StillDecoder decoder = StillDecoder.open(input, stream)) {
            AVStream read = input.stream(stream);
            double timeBase = Rationals.value(read.time_base());
            long began = input.context().start_time();
            double start = began == AV_NOPTS_VALUE ? 0 : began / 1e6;
            double distance = interval.toNanos() / 1e9;
            double due = Double.NEGATIVE_INFINITY;
            while (input.read(packet)) {
                boolean key = packet.stream_index() == stream && (packet.flags() & AV_PKT_FLAG_KEY) != 0;
                long timestamp = packet.pts() != AV_NOPTS_VALUE ? packet.pts() : packet.dts();
                double seconds = timestamp == AV_NOPTS_VALUE ? 0 : timestamp * timeBase - start;
                if (key && seconds >= due && decoder.decode(packet, frame)) {
                    consumer.accept(frame, seconds);
                    due = Math.max(seconds + distance, Math.nextUp(seconds));
                    if (distance >= SEEK_SECONDS) {
                        skipTo(input, stream, (long) ((due + start) / timeBase));
                    }
                }
                av_frame_unref(frame);
                av_packet_unref(packet);
            }
        } finally {
            for (int i = 0; i < input.streamCount(); i++) {
                input.stream(i).discard(AVDISCARD_DEFAULT);
            }
            av_frame_free(frame);
            av_packet_free(packet);
        }
    }

    private static void skipTo(MediaInput input, int stream, long timestamp) {
        try {
            input.seek(stream, timestamp);
        } catch (FFmpegException notSeekable) {
            // Then everything is read: slower, with the same result.
        }
    }
}
