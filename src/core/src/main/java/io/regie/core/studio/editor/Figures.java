package io.regie.core.studio.editor;

import java.text.NumberFormat;
import java.util.Locale;

/** Sizes, rates and times as people write them. */
record Figures(Locale locale) {

    private static final String[] ENGLISH = {"B", "kB", "MB", "GB", "TB"};
    private static final String[] FRENCH = {"o", "ko", "Mo", "Go", "To"};

    /** {@code 12.3 MB}, in powers of a thousand as disks are sold. */
    String bytes(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1000 && unit < ENGLISH.length - 1) {
            size /= 1000;
            unit++;
        }
        String[] units = locale.getLanguage().equals("fr") ? FRENCH : ENGLISH;
        return number(size, unit == 0 || size >= 100 ? 0 : 1) + "\u00a0" + units[unit];
    }

    String bitrate(long bitsPerSecond) {
        return bitsPerSecond >= 1_000_000
                ? number(bitsPerSecond / 1e6, 1) + "\u00a0Mbit/s"
                : number(bitsPerSecond / 1e3, 0) + "\u00a0kbit/s";
    }

    String number(double value, int digits) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(digits);
        return format.format(value);
    }

    /** {@code 1:02:03} or {@code 2:03}. */
    static String duration(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        return whole >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
