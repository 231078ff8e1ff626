package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_ADPCM_G722;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_ADPCM_G726;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_ALAW;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_MULAW;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_S16BE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_S16LE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VORBIS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;

import java.util.Map;
import java.util.Set;

/** The files of a recording. */
public enum RecordingFormat {
    /** Plays everywhere. Of a source whose sound it cannot hold, the sound is encoded anew. */
    MP4(
            "mp4",
            "mp4",
            "video/mp4",
            // Without delay_moov the muxer drops where tracks begin; of rare key frames no more than a second is lost.
            Map.of("movflags", "hybrid_fragmented+delay_moov+frag_keyframe", "frag_duration", "1000000"),
            Set.of()),
    /** Holds what telephones and cameras say, bit by bit. Times are rounded to milliseconds. */
    MKV(
            "matroska",
            "mkv",
            "video/x-matroska",
            Map.of("cluster_time_limit", "1000"),
            Set.of(
                    AV_CODEC_ID_PCM_S16LE,
                    AV_CODEC_ID_PCM_S16BE,
                    AV_CODEC_ID_PCM_ALAW,
                    AV_CODEC_ID_PCM_MULAW,
                    AV_CODEC_ID_ADPCM_G722,
                    AV_CODEC_ID_ADPCM_G726,
                    AV_CODEC_ID_VORBIS,
                    AV_CODEC_ID_VP8));

    private final String muxer;
    private final String extension;
    private final String mediaType;
    private final Map<String, String> growing;
    private final Set<Integer> more;

    RecordingFormat(String muxer, String extension, String mediaType, Map<String, String> growing, Set<Integer> more) {
        this.muxer = muxer;
        this.extension = extension;
        this.mediaType = mediaType;
        this.growing = growing;
        this.more = more;
    }

    String muxer() {
        return muxer;
    }

    /** Of file names, without a dot. */
    public String extension() {
        return extension;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Options of a file that can be played whatever happens while it grows. */
    Map<String, String> growing() {
        return growing;
    }

    /** Whether it holds a codec beyond what all formats do. */
    boolean holds(int codec) {
        return more.contains(codec);
    }
}
