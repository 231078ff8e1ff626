package io.regie.spi;

import org.jspecify.annotations.Nullable;

/**
 * One elementary stream of a file. Numbers that do not apply or are unknown are 0.
 *
 * @param index position in the file, as libavformat counts
 * @param codec FFmpeg's codec name, {@code h264}
 * @param profile FFmpeg's profile name, {@code High}
 * @param bitrate bit/s
 * @param width stored width in pixels, before rotation and pixel aspect
 * @param height stored height in pixels
 * @param displayWidth width as shown: after rotation and pixel aspect
 * @param displayHeight height as shown
 * @param rotation clockwise degrees to turn the stored picture for display: 0, 90, 180 or 270
 * @param frameRate average frames per second
 * @param pixelFormat FFmpeg's name, {@code yuv420p}
 * @param interlaced whether the fields are to be shown one after the other
 * @param channels audio channels
 * @param sampleRate audio samples per second
 * @param language BCP 47 or ISO 639 as found
 * @param attachedPicture whether this "video" is a cover image
 */
public record Track(
        int index,
        TrackKind kind,
        String codec,
        @Nullable String profile,
        long bitrate,
        int width,
        int height,
        int displayWidth,
        int displayHeight,
        int rotation,
        double frameRate,
        @Nullable String pixelFormat,
        boolean interlaced,
        int channels,
        int sampleRate,
        @Nullable String language,
        boolean attachedPicture) {}
