package io.regie.core.site;

import io.regie.core.web.Sizes;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Dates, durations and sizes as people write them. */
record Wording(Locale locale, ZoneId zone) {

    String date(Instant instant) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(instant.atZone(zone));
    }

    String size(long bytes) {
        return Sizes.about(bytes, locale);
    }

    /** {@code 1:02:03} or {@code 2:03}. */
    static String duration(double seconds) {
        long whole = Math.max(0, (long) Math.floor(seconds));
        long hours = whole / 3600;
        long minutes = whole / 60 % 60;
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", minutes, whole % 60);
    }
}
