package io.regie.core.studio;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** A moment for programs and for people; a script of the frame makes the latter relative. */
public record Shown(Instant instant, String text) {

    public static Shown at(Instant instant, Locale locale) {
        return new Shown(
                instant,
                DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(locale)
                        .withZone(ZoneId.systemDefault())
                        .format(instant));
    }
}
