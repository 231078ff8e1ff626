package io.regie.spi;

/** What an output is for. */
public enum OutputRole {
    /** An encoded version for adaptive playback, see {@link Rendition}. */
    RENDITION,
    /** One file to keep: a progressive MP4 or M4A. Also plays where adaptive playback does not. */
    DOWNLOAD,
    /** The still shown before playback. It may come in several sizes: lists show the smallest. */
    POSTER,
    /** Sprites for scrubbing previews. */
    STORYBOARD,
    /** A short silent loop or image shown on hover. */
    PREVIEW,
    /** WebVTT captions or subtitles. */
    CAPTIONS,
    /** A GIF or similar, made from a clip. */
    ANIMATION,
    /** A time range of an original. */
    CLIP,
    /** The kept result of a live stream. */
    RECORDING
}
