package io.regie.plugin.gif;

import io.regie.ffmpeg.AnimationSettings;
import io.regie.ffmpeg.AnimationSettings.Look;
import io.regie.spi.Estimate;
import io.regie.spi.MediaInfo;
import io.regie.spi.Track;
import java.time.Duration;

/**
 * Size and time of an animation, guessed from what is known of its source: nothing is decoded, since people wait while
 * they drag. A source that takes many bits for a pixel moves much, and so will the animation.
 */
final class AnimationEstimate {

    /** Bits of a source for one pixel of one picture where animations have the bytes for a pixel given below. */
    private static final double USUAL_BITS = 0.1;

    /** Animations vary less than sources: what a source leaves out for being like its neighbours, a GIF writes again. */
    private static final double VARIATION = 0.5;

    private static final double LEAST = 0.25;
    private static final double MOST = 2;

    private static final double IMAGE_MILLIS_PER_MEGAPIXEL = 60;
    private static final double DECODED_MEGAPIXELS_PER_SECOND = 120;
    private static final double START_SECONDS = 0.5;

    private AnimationEstimate() {}

    static Estimate ofRange(MediaInfo info, Range range, AnimationSettings settings) {
        Track video = info.video().orElse(null);
        if (video == null || video.displayWidth() <= 0 || video.displayHeight() <= 0) {
            return Estimate.unknown();
        }
        double pictures = Math.max(1, range.seconds() / settings.speed() * 100 / settings.centiseconds());
        double shown = settings.boomerang() ? pictures * 2 : pictures;
        double pixels = pixels(video.displayWidth(), video.displayHeight(), settings);
        double sourcePixels = (double) video.width() * video.height();
        double bits = video.bitrate() > 0 ? video.bitrate() : info.bitrate();
        double perPixel = bits / Math.max(1, sourcePixels * Math.max(1, video.frameRate()));
        double motion = Math.max(LEAST, Math.min(MOST, Math.pow(perPixel / USUAL_BITS, VARIATION)));
        double bytes = shown * pixels * bytesPerPixel(settings) * (bits > 0 ? motion : 1);
        double decoded = range.seconds() * Math.max(1, video.frameRate()) * sourcePixels / 1e6;
        double seconds = START_SECONDS
                + 2 * decoded / DECODED_MEGAPIXELS_PER_SECOND
                + shown * pixels / 1e6 / megapixelsPerSecond(settings);
        return estimate(bytes, seconds, settings);
    }

    static Estimate ofImages(MediaInfo first, int count, AnimationSettings settings) {
        Track picture = first.tracks().isEmpty() ? null : first.tracks().get(0);
        if (picture == null || picture.displayWidth() <= 0 || picture.displayHeight() <= 0) {
            return Estimate.unknown();
        }
        double pixels = pixels(picture.displayWidth(), picture.displayHeight(), settings);
        double sourceMegapixels = (double) picture.width() * picture.height() / 1e6;
        // Images have nothing in common, so that each is written whole.
        return estimate(
                count * pixels * bytesPerPixel(settings) * MOST,
                START_SECONDS
                        + 3 * count * sourceMegapixels * IMAGE_MILLIS_PER_MEGAPIXEL / 1000
                        + count * pixels / 1e6 / megapixelsPerSecond(settings),
                settings);
    }

    private static Estimate estimate(double bytes, double seconds, AnimationSettings settings) {
        double limited = settings.budget() > 0 ? Math.min(bytes, settings.budget()) : bytes;
        // What is too large at first is made again.
        double tries = settings.budget() > 0 && bytes > settings.budget() ? 2 : 1;
        return new Estimate(Math.round(limited), Duration.ofMillis(Math.round(seconds * tries * 1000)));
    }

    private static double pixels(int width, int height, AnimationSettings settings) {
        double wide = Math.min(width, settings.maxWidth());
        return wide * wide * height / width;
    }

    private static double bytesPerPixel(AnimationSettings settings) {
        Look look = settings.look();
        return switch (settings.format()) {
            case GIF -> look == Look.BEST ? 0.5 : look == Look.SCREENCAST ? 0.35 : 0.4;
            case WEBP -> look == Look.BEST ? 0.15 : 0.08;
            case MP4 -> look == Look.BEST ? 0.02 : 0.008;
        };
    }

    private static double megapixelsPerSecond(AnimationSettings settings) {
        return switch (settings.format()) {
            case GIF -> settings.look() == Look.BEST ? 4 : 8;
            case WEBP -> 5;
            case MP4 -> 10;
        };
    }
}
