package io.regie.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacpp.BytePointer;

/**
 * Looks into H.264 packets. libav calls a picture a key frame already when decoding may begin there; only an IDR picture
 * promises that nothing after it refers to anything before it, which is what a segment needs.
 */
final class H264Packets {

    private static final int IDR = 5;

    /** 0 for start codes, else the size of the length in front of each unit. */
    private final int lengthSize;

    H264Packets(AVCodecParameters parameters) {
        BytePointer extradata = parameters.extradata();
        boolean lengths = extradata != null && parameters.extradata_size() > 4 && extradata.get(0) == 1;
        lengthSize = lengths ? (extradata.get(4) & 3) + 1 : 0;
    }

    boolean isIdr(AVPacket packet) {
        BytePointer bytes = packet.data();
        int size = packet.size();
        return lengthSize > 0 ? hasIdrByLengths(bytes, size) : hasIdrByStartCodes(bytes, size);
    }

    private boolean hasIdrByLengths(BytePointer bytes, int size) {
        long at = 0;
        while (at + lengthSize < size) {
            long length = 0;
            for (int i = 0; i < lengthSize; i++) {
                length = length << 8 | (bytes.get(at + i) & 0xff);
            }
            int type = bytes.get(at + lengthSize) & 0x1f;
            if (type >= 1 && type <= IDR) {
                return type == IDR;
            }
            at += lengthSize + length;
        }
        return false;
    }

    private static boolean hasIdrByStartCodes(BytePointer bytes, int size) {
        for (long at = 0; at + 3 < size; at++) {
            if (bytes.get(at) == 0 && bytes.get(at + 1) == 0 && bytes.get(at + 2) == 1) {
                int type = bytes.get(at + 3) & 0x1f;
                if (type >= 1 && type <= IDR) {
                    return type == IDR;
                }
                at += 3;
            }
        }
        return false;
    }
}
