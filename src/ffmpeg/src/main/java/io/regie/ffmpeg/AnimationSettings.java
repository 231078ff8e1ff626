package io.regie.ffmpeg;

/**
 * How an animation is to look.
 *
 * @param maxWidth pictures are made narrower to fit, never wider
 * @param centiseconds between two pictures of a video: the only times that a GIF can keep
 * @param speed 2 is twice as fast
 * @param boomerang whether it plays backwards after it played forwards
 * @param loops how often it plays, 0 for ever; an MP4 cannot say
 * @param caption drawn at the bottom; empty for none
 * @param budget most bytes of the file, 0 for any
 */
public record AnimationSettings(
        AnimationFormat format,
        Look look,
        int maxWidth,
        int centiseconds,
        double speed,
        boolean boomerang,
        int loops,
        String caption,
        long budget) {

    /** The longest range of a video, in seconds. */
    public static final int MAX_SECONDS = 60;

    /** The widest picture. */
    public static final int MAX_WIDTH = 1920;

    /** What is worth bytes. */
    public enum Look {
        /** Film, at a size that can be sent. */
        STANDARD,
        /** As like the original as the format allows. */
        BEST,
        /** Plain colours and sharp text: nothing is scattered to imitate colours in between. */
        SCREENCAST,
        /** Whatever fits the budget. */
        SMALLEST
    }

    public AnimationSettings {
        if (maxWidth < 1 || maxWidth > MAX_WIDTH) {
            throw new IllegalArgumentException("No such width: " + maxWidth);
        }
        if (centiseconds < 2) {
            throw new IllegalArgumentException("Viewers show nothing faster than 50 pictures a second");
        }
        if (!(speed > 0) || loops < 0 || budget < 0) {
            throw new IllegalArgumentException("Speed, loops or budget make no sense");
        }
    }

    /** Whether the file may not be larger than the budget, whatever it takes. */
    boolean isLimited() {
        return look == Look.SMALLEST && budget > 0;
    }

    /** A plain one, to be changed. */
    public static AnimationSettings of(AnimationFormat format) {
        return new AnimationSettings(format, Look.STANDARD, 480, 8, 1, false, 0, "", 0);
    }

    public AnimationSettings look(Look look) {
        return new AnimationSettings(format, look, maxWidth, centiseconds, speed, boomerang, loops, caption, budget);
    }

    public AnimationSettings maxWidth(int width) {
        return new AnimationSettings(format, look, width, centiseconds, speed, boomerang, loops, caption, budget);
    }

    public AnimationSettings centiseconds(int distance) {
        return new AnimationSettings(format, look, maxWidth, distance, speed, boomerang, loops, caption, budget);
    }

    public AnimationSettings speed(double factor) {
        return new AnimationSettings(format, look, maxWidth, centiseconds, factor, boomerang, loops, caption, budget);
    }

    public AnimationSettings boomerang(boolean wanted) {
        return new AnimationSettings(format, look, maxWidth, centiseconds, speed, wanted, loops, caption, budget);
    }

    public AnimationSettings loops(int times) {
        return new AnimationSettings(format, look, maxWidth, centiseconds, speed, boomerang, times, caption, budget);
    }

    public AnimationSettings caption(String text) {
        return new AnimationSettings(format, look, maxWidth, centiseconds, speed, boomerang, loops, text, budget);
    }

    public AnimationSettings budget(long bytes) {
        return new AnimationSettings(format, look, maxWidth, centiseconds, speed, boomerang, loops, caption, bytes);
    }
}
