package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entries_count;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entry;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * Whether the video track can be published without encoding it, as far as packets tell. Cheap for any length:
 *
 * <ol>
 *   <li>An MP4's index lists every key frame; nothing of the pictures is read for it.
 *   <li>The packets of the first half minute show whether those are real starting points, with times in order.
 * </ol>
 *
 * A surprise after that half minute in a file without index costs a long segment, not the copy.
 */
public final class CopyCheck {

    /** Ten seconds, and a little more for what x264 does by default: 250 frames, which last 10.43 s in film. */
    private static final double MAX_GAP_SECONDS = 10.5;

    private static final double LOOK_SECONDS = 30;
    private static final Set<String> FORMATS = Set.of("mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "mpegts", "flv");

    private final Source source;
    private final AVStream stream;
    private final TimeBase timeBase;

    private CopyCheck(Source source) {
        this.source = source;
        this.stream = source.input().stream(source.video().orElseThrow().index());
        this.timeBase = TimeBase.of(stream.time_base());
    }

    /**
     * Says why a video cannot be copied, for the log; empty when it can.
     *
     * @param source used up by this
     */
    public static Optional<String> obstacle(Source source) throws FFmpegException {
        CopyCheck check = new CopyCheck(source);
        if (check.stream.codecpar().codec_id() != AV_CODEC_ID_H264
                || check.stream.codecpar().extradata_size() < 7) {
            return Optional.of("it is not H.264 with its parameters in the header");
        }
        if (!FORMATS.contains(source.input().format())) {
            return Optional.of("its container does not keep times well enough");
        }
        Optional<String> byIndex = check.index();
        return byIndex.isPresent() ? byIndex : check.packets();
    }

    private Optional<String> index() {
        if (!source.input().format().startsWith("mov")) {
            return Optional.empty();
        }
        int count = avformat_index_get_entries_count(stream);
        long lastKey = AV_NOPTS_VALUE;
        long last = AV_NOPTS_VALUE;
        for (int i = 0; i < count; i++) {
            AVIndexEntry entry = avformat_index_get_entry(stream, i);
            if ((entry.flags() & AVIndexEntry.AVINDEX_DISCARD_FRAME) != 0) {
                return Optional.of("its edit list hides pictures");
            }
            last = entry.timestamp();
            if ((entry.flags() & AVIndexEntry.AVINDEX_KEYFRAME) != 0) {
                if (lastKey != AV_NOPTS_VALUE && timeBase.seconds(last - lastKey) > MAX_GAP_SECONDS) {
                    return Optional.of(gap());
                }
                lastKey = last;
            }
        }
        boolean longEnd = lastKey != AV_NOPTS_VALUE && timeBase.seconds(last - lastKey) > MAX_GAP_SECONDS;
        return longEnd ? Optional.of(gap()) : Optional.empty();
    }

    private Optional<String> packets() throws FFmpegException {
        H264Packets units = new H264Packets(stream.codecpar());
        AVPacket packet = av_packet_alloc();
        long first = AV_NOPTS_VALUE;
        long lastIdr = AV_NOPTS_VALUE;
        try {
            while (source.input().read(packet)) {
                if (packet.stream_index() == stream.index()) {
                    long pts = packet.pts();
                    if (pts == AV_NOPTS_VALUE) {
                        return Optional.of("it has pictures without a time");
                    }
                    if ((packet.flags() & AV_PKT_FLAG_DISCARD) != 0) {
                        return Optional.of("its edit list hides pictures");
                    }
                    boolean idr = (packet.flags() & AV_PKT_FLAG_KEY) != 0 && units.isIdr(packet);
                    if (first == AV_NOPTS_VALUE) {
                        if (!idr) {
                            return Optional.of("it does not begin with a key frame");
                        }
                        first = pts;
                    } else if (timeBase.seconds(pts - lastIdr) > MAX_GAP_SECONDS) {
                        return Optional.of(gap());
                    }
                    if (idr) {
                        lastIdr = pts;
                    }
                    if (timeBase.seconds(pts - first) > LOOK_SECONDS) {
                        return Optional.empty();
                    }
                }
                av_packet_unref(packet);
            }
            return first == AV_NOPTS_VALUE ? Optional.of("it has no pictures") : Optional.empty();
        } finally {
            av_packet_free(packet);
        }
    }

    private static String gap() {
        return "its closed key frames are more than " + Math.round(MAX_GAP_SECONDS) + " seconds apart";
    }
}
