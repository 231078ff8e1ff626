package io.regie.core.studio;

import java.util.Locale;

/** Lengths of time as players write them. */
public final class PlayingTime {

    private PlayingTime() {}

    /** {@code 4:05} or {@code 1:02:03}. */
    public static String of(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        return whole >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
