package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Sees when a source's key frames come with another sequence parameter set: another size, another profile. */
final class ParameterSets {

    private static final int HEAD = 1024;

    private final boolean hevc;
    private final boolean readable;
    private byte[] last = {};

    ParameterSets(AVCodecParameters parameters) {
        hevc = parameters.codec_id() == AV_CODEC_ID_HEVC;
        boolean startCodes = parameters.extradata_size() == 0
                || parameters.extradata() == null
                || parameters.extradata().get(0) == 0;
        readable = startCodes && (hevc || parameters.codec_id() == AV_CODEC_ID_H264);
    }

    /** @param key a key frame */
    boolean changedBy(AVPacket key) {
        if (!readable) {
            return false;
        }
        byte[] head = new byte[Math.min(HEAD, key.size())];
        key.data().get(head);
        byte[] found = find(head, hevc);
        boolean changed = found.length > 0 && last.length > 0 && !Arrays.equals(found, last);
        if (found.length > 0) {
            last = found;
        }
        return changed;
    }

    /** The sequence parameter set, empty when there is none before the picture. */
    static byte[] find(byte[] head, boolean hevc) {
        int begin = -1;
        for (int at = 0; at + 3 < head.length; at++) {
            if (head[at] != 0 || head[at + 1] != 0 || head[at + 2] != 1) {
                continue;
            }
            if (begin >= 0) {
                int end = at > begin && head[at - 1] == 0 ? at - 1 : at;
                return Arrays.copyOfRange(head, begin, end);
            }
            int type = hevc ? head[at + 3] >> 1 & 0x3f : head[at + 3] & 0x1f;
            if (type == (hevc ? 33 : 7)) {
                begin = at + 3;
            }
        }
        return new byte[0];
    }
}
