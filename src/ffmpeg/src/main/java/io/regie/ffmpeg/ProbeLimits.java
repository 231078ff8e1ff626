package io.regie.ffmpeg;

/**
 * What an original may be at most: the one register of limits on uploaded media. Each is checked before anything is
 * allocated or decoded by it.
 *
 * @param maxBytes of the file; default 64 GiB
 * @param maxPixels of a picture, width times height as stored; default 8192×4320, a cinema 8K frame
 * @param maxStreams of all kinds; default 32
 * @param maxDurationSeconds default 12 hours
 * @param maxFrameRate average frames per second; default 300
 */
public record ProbeLimits(long maxBytes, long maxPixels, int maxStreams, long maxDurationSeconds, double maxFrameRate) {

    public static ProbeLimits standard() {
        return new ProbeLimits(64L << 30, 8192L * 4320, 32, 12 * 60 * 60, 300);
    }
}
