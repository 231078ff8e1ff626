package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.javacpp.BytePointer;

/** RFC 6381 names, as manifests carry them so that a player knows before it fetches. */
final class CodecStrings {

    private CodecStrings() {}

    static String of(AVCodecParameters parameters) throws FFmpegException {
        byte[] extradata = extradata(parameters);
        if (parameters.codec_id() == AV_CODEC_ID_H264) {
            return avc(extradata);
        }
        if (parameters.codec_id() == AV_CODEC_ID_AAC) {
            return aac(extradata);
        }
        throw new FFmpegException("No codecs string for codec " + parameters.codec_id());
    }

    /** Profile, constraints and level are bytes 1 to 3 of avcC and of a sequence parameter set alike. */
    static String avc(byte[] extradata) throws FFmpegException {
        int at = -1;
        if (extradata.length > 4 && extradata[0] == 1) {
            at = 1;
        }
        for (int i = 0; at < 0 && i + 6 < extradata.length; i++) {
            boolean startCode = extradata[i] == 0 && extradata[i + 1] == 0 && extradata[i + 2] == 1;
            if (startCode && (extradata[i + 3] & 0x1f) == 7) {
                at = i + 4;
            }
        }
        if (at < 0) {
            throw new FFmpegException("The H.264 track has no sequence parameter set");
        }
        return String.format("avc1.%02x%02x%02x", extradata[at], extradata[at + 1], extradata[at + 2]);
    }

    /** The audio object type is the first five bits of the AudioSpecificConfig, 31 escapes to six more. */
    static String aac(byte[] extradata) throws FFmpegException {
        if (extradata.length < 2) {
            throw new FFmpegException("The AAC track has no AudioSpecificConfig");
        }
        int type = (extradata[0] & 0xff) >> 3;
        if (type == 31) {
            type = 32 + (((extradata[0] & 7) << 3) | ((extradata[1] & 0xff) >> 5));
        }
        return "mp4a.40." + type;
    }

    private static byte[] extradata(AVCodecParameters parameters) {
        BytePointer pointer = parameters.extradata();
        byte[] bytes = new byte[pointer == null ? 0 : Math.max(parameters.extradata_size(), 0)];
        if (bytes.length > 0) {
            pointer.get(bytes);
        }
        return bytes;
    }
}
