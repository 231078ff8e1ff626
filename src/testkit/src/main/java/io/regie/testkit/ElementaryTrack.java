package io.regie.testkit;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/**
 * The packets of one track of a generated clip, to be sent as a camera would.
 *
 * @param setup the codec's configuration as MP4 keeps it
 * @param clock ticks per second
 */
public record ElementaryTrack(Codec codec, byte[] setup, int clock, int channels, List<Unit> units) {

    /** What peers can send. */
    public enum Codec {
        H264,
        AAC,
        ALAW
    }

    /** @param shown presentation time in ticks @param decoded decoding time */
    public record Unit(byte[] bytes, long shown, long decoded, boolean key) {}

    /** All tracks of a clip, in the file's order. */
    public static List<ElementaryTrack> read(Path clip) throws IOException {
        AVFormatContext format = new AVFormatContext(null);
        if (avformat_open_input(format, "file:" + clip, null, (AVDictionary) null) < 0
                || avformat_find_stream_info(format, (AVDictionary) null) < 0) {
            throw new IOException("The clip cannot be read");
        }
        AVPacket packet = av_packet_alloc();
        try {
            List<ElementaryTrack> tracks = new ArrayList<>();
            for (int i = 0; i < format.nb_streams(); i++) {
                tracks.add(empty(format.streams(i)));
            }
            while (av_read_frame(format, packet) >= 0) {
                ElementaryTrack track = tracks.get(packet.stream_index());
                AVStream stream = format.streams(packet.stream_index());
                byte[] bytes = new byte[packet.size()];
                packet.data().get(bytes);
                double tick =
                        (double) stream.time_base().num() / stream.time_base().den() * track.clock;
                track.units.add(new Unit(
                        bytes,
                        Math.round(packet.pts() * tick),
                        Math.round(packet.dts() * tick),
                        (packet.flags() & AV_PKT_FLAG_KEY) != 0));
                av_packet_unref(packet);
            }
            return tracks;
        } finally {
            av_packet_free(packet);
            avformat_close_input(format);
        }
    }

    private static ElementaryTrack empty(AVStream stream) {
        byte[] setup = new byte[Math.max(0, stream.codecpar().extradata_size())];
        if (setup.length > 0) {
            stream.codecpar().extradata().get(setup);
        }
        boolean video = stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO;
        int id = stream.codecpar().codec_id();
        Codec codec = id == AV_CODEC_ID_H264 ? Codec.H264 : id == AV_CODEC_ID_AAC ? Codec.AAC : Codec.ALAW;
        int clock = video ? 90_000 : stream.codecpar().sample_rate();
        int channels = video ? 0 : stream.codecpar().ch_layout().nb_channels();
        return new ElementaryTrack(codec, setup, clock, channels, new ArrayList<>());
    }
}
