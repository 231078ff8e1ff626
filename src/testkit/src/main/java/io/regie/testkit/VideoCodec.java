package io.regie.testkit;

/** Encoders for the picture of a clip, set to their fastest. */
public enum VideoCodec {
    NONE(""),
    H264("libx264"),
    HEVC("libx265"),
    MPEG2("mpeg2video"),
    MPEG4("mpeg4"),
    MJPEG("mjpeg"),
    VP8("libvpx"),
    VP9("libvpx-vp9"),
    AV1("libaom-av1"),
    /** Lossless and allowed nowhere: a decoder with a history of memory faults. */
    MAGICYUV("magicyuv");

    final String encoder;

    VideoCodec(String encoder) {
        this.encoder = encoder;
    }
}
