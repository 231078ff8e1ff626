package io.regie.ffmpeg;

/**
 * What one encoded video rendition shall be.
 *
 * @param width in square pixels, even
 * @param height in square pixels, even
 * @param frameRate average, for rate control and facts; frames keep their own times
 * @param maxRate bit/s that the encoder may not exceed over twice that many bits
 */
public record VideoEncoding(int width, int height, double frameRate, long maxRate) {

    public VideoEncoding {
        if (width < 2 || height < 2 || width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException("Not an even size: " + width + "x" + height);
        }
    }
}
