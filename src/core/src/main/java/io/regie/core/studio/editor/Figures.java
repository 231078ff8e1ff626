package io.regie.core.studio.editor;

import java.text.NumberFormat;
import java.util.Locale;

/** Rates and numbers as people write them. */
record Figures(Locale locale) {

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
}
