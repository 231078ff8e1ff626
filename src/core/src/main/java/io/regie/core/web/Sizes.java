package io.regie.core.web;

import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Locale;

/** Sizes as people write them, in powers of a thousand as disks are sold. */
public final class Sizes {

    private static final String[] ENGLISH = {"B", "kB", "MB", "GB", "TB"};
    private static final String[] FRENCH = {"o", "ko", "Mo", "Go", "To"};

    private Sizes() {}

    /** {@code 12.3 MB}. */
    public static String about(long bytes, Locale locale) {
        return size(bytes, locale, RoundingMode.HALF_EVEN);
    }

    /** Rounded down, because a limit that is said must hold. */
    public static String atMost(long bytes, Locale locale) {
        return size(bytes, locale, RoundingMode.DOWN);
    }

    private static String size(long bytes, Locale locale, RoundingMode rounding) {
        String[] units = locale.getLanguage().equals("fr") ? FRENCH : ENGLISH;
        double size = bytes;
        int unit = 0;
        while (size >= 1000 && unit < units.length - 1) {
            size /= 1000;
            unit++;
        }
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(unit == 0 || size >= 100 ? 0 : 1);
        format.setRoundingMode(rounding);
        return format.format(size) + "\u00a0" + units[unit];
    }
}
