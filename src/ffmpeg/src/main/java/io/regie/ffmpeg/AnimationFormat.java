package io.regie.ffmpeg;

/** What an animation is written as. */
public enum AnimationFormat {
    GIF("gif", "image/gif"),
    MP4("mp4", "video/mp4"),
    WEBP("webp", "image/webp");

    private final String muxer;
    private final String mediaType;

    AnimationFormat(String muxer, String mediaType) {
        this.muxer = muxer;
        this.mediaType = mediaType;
    }

    /** libav's name, and the usual extension. */
    public String muxer() {
        return muxer;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Whether pictures may have places where one sees through. */
    boolean hasTransparency() {
        return this != MP4;
    }
}
