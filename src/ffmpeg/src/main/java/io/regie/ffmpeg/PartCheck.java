package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entries_count;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entry;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/** Looks at a finished part as a player would, before anybody relies on it. Of MP4 reads the index only. */
final class PartCheck {

    private PartCheck() {}

    /**
     * @param picture where the picture was written to begin, in seconds; null for none
     * @param sound where the sound was written to begin
     * @param frame how far the two may be from where they were before, in seconds
     */
    static void require(
            Path file, @Nullable Double picture, @Nullable Double sound, double frame, BooleanSupplier cancelled)
            throws FFmpegException {
        try (MediaInput input = MediaInput.openHeader(file, OpenPolicy.recording(), cancelled)) {
            boolean indexed = input.format().contains("mp4");
            Map<Integer, Double> starts = indexed ? Map.of() : starts(input);
            Double pictureThere = indexed ? start(input, AVMEDIA_TYPE_VIDEO) : starts.get(AVMEDIA_TYPE_VIDEO);
            Double soundThere = indexed ? start(input, AVMEDIA_TYPE_AUDIO) : starts.get(AVMEDIA_TYPE_AUDIO);
            if ((picture == null) != (pictureThere == null) || (sound == null) != (soundThere == null)) {
                throw new FFmpegException("A part of the recording lacks a track");
            }
            if (picture != null && sound != null && pictureThere != null && soundThere != null) {
                double moved = Math.abs((soundThere - pictureThere) - (sound - picture));
                if (moved >= frame) {
                    throw new FFmpegException("The sound of a part moved by " + Math.round(moved * 1000) + " ms");
                }
            }
        }
    }

    /** Reads it all: Matroska has no index of all packets. */
    private static Map<Integer, Double> starts(MediaInput input) throws FFmpegException {
        Map<Integer, Double> starts = new HashMap<>();
        AVPacket packet = av_packet_alloc();
        try {
            while (input.read(packet)) {
                AVStream stream = input.stream(packet.stream_index());
                if (packet.pts() != AV_NOPTS_VALUE) {
                    starts.putIfAbsent(
                            stream.codecpar().codec_type(),
                            TimeBase.of(stream.time_base()).seconds(packet.pts()));
                }
                av_packet_unref(packet);
            }
        } finally {
            av_packet_free(packet);
        }
        return starts;
    }

    private static @Nullable Double start(MediaInput input, int type) throws FFmpegException {
        for (int i = 0; i < input.streamCount(); i++) {
            AVStream stream = input.stream(i);
            if (stream.codecpar().codec_type() == type) {
                if (avformat_index_get_entries_count(stream) == 0) {
                    // Announced, and nothing came.
                    return null;
                }
                requireOrder(stream);
                long start = stream.start_time();
                return start == AV_NOPTS_VALUE
                        ? 0.0
                        : TimeBase.of(stream.time_base()).seconds(start);
            }
        }
        return null;
    }

    private static void requireOrder(AVStream stream) throws FFmpegException {
        int entries = avformat_index_get_entries_count(stream);
        long last = Long.MIN_VALUE;
        for (int i = 0; i < entries; i++) {
            long time = avformat_index_get_entry(stream, i).timestamp();
            if (time <= last) {
                throw new FFmpegException("A part of the recording is out of order");
            }
            last = time;
        }
    }
}
