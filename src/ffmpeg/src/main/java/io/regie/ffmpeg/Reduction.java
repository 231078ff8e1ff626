package io.regie.ffmpeg;

import java.util.ArrayList;
import java.util.List;

/**
 * A way to make an animation smaller: fewer pictures first, since that is seen least, then narrower ones, then fewer
 * colours.
 *
 * @param colours of a GIF
 * @param quality of other formats, see {@link AnimationFile}
 * @param part of the bytes that the first way takes, roughly
 */
record Reduction(AnimationSettings settings, int colours, int quality, double part) {

    private static final int ALL_COLOURS = 256;

    /** Distances of pictures that a GIF can keep, and the slowest that still moves. */
    private static final int[] CENTISECONDS = {5, 8, 10};

    private static final int MIN_WIDTH = 160;
    private static final double NARROWER = 0.85;
    private static final int[] FEWER_COLOURS = {128, 64, 32};
    private static final double WITH_FEWER_COLOURS = 0.85;

    /** What was guessed may be this much too high. */
    private static final double HOPE = 1.1;

    static Reduction none(AnimationSettings settings) {
        return new Reduction(settings, ALL_COLOURS, quality(settings, 0), 1);
    }

    private static int quality(AnimationSettings settings, int step) {
        return switch (settings.format()) {
            case GIF -> 0;
            case MP4 ->
                switch (settings.look()) {
                    case STANDARD -> 26;
                    case BEST -> 20;
                    case SCREENCAST -> 24;
                    case SMALLEST -> 28 + 4 * step;
                };
            case WEBP ->
                switch (settings.look()) {
                    case STANDARD -> 75;
                    case BEST -> 90;
                    case SCREENCAST -> 80;
                    case SMALLEST -> 60 - 15 * step;
                };
        };
    }

    /** All ways, the least harmful first. @param width of the original */
    static List<Reduction> of(AnimationSettings wish, int width) {
        List<Reduction> ways = new ArrayList<>();
        Reduction last = none(wish.maxWidth(Math.min(wish.maxWidth(), width)));
        ways.add(last);
        for (int distance : CENTISECONDS) {
            if (distance > last.settings.centiseconds()) {
                double part = last.part * last.settings.centiseconds() / distance;
                last = new Reduction(last.settings.centiseconds(distance), ALL_COLOURS, last.quality, part);
                ways.add(last);
            }
        }
        while (last.settings.maxWidth() > MIN_WIDTH) {
            int narrower = Math.max(MIN_WIDTH, (int) (last.settings.maxWidth() * NARROWER));
            double part = last.part * Math.pow((double) narrower / last.settings.maxWidth(), 2);
            last = new Reduction(last.settings.maxWidth(narrower), ALL_COLOURS, last.quality, part);
            ways.add(last);
        }
        for (int step = 0; step < FEWER_COLOURS.length; step++) {
            last = new Reduction(
                    last.settings,
                    FEWER_COLOURS[step],
                    quality(last.settings, step + 1),
                    last.part * WITH_FEWER_COLOURS);
            ways.add(last);
        }
        return ways;
    }

    /** The first way that seems to be enough, or the last. @param projected bytes of the way that was not */
    static int next(List<Reduction> ways, int way, double projected, long budget) {
        double enough = ways.get(way).part * budget / projected * HOPE;
        for (int i = way + 1; i < ways.size(); i++) {
            if (ways.get(i).part <= enough) {
                return i;
            }
        }
        return ways.size() - 1;
    }
}
