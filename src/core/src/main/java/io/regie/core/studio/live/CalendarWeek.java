package io.regie.core.studio.live;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Monday to Sunday; in addresses {@code 2026-W47}. */
record CalendarWeek(LocalDate monday) {
    private static final Pattern WORD = Pattern.compile("(\\d{4})-W(\\d{2})");

    static CalendarWeek of(LocalDate date) {
        return new CalendarWeek(date.with(DayOfWeek.MONDAY));
    }

    /** Empty when it names no week near our time. */
    static Optional<CalendarWeek> parse(@Nullable String word) {
        Matcher matcher = WORD.matcher(word == null ? "" : word);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int year = Integer.parseInt(matcher.group(1));
        try {
            CalendarWeek week = of(LocalDate.of(year, 1, 4)
                    .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, Integer.parseInt(matcher.group(2))));
            // Few years have a week 53; it is the next year's first then.
            boolean real = week.word().equals(word) && year >= 2000 && year < 3000;
            return real ? Optional.of(week) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    public String word() {
        return String.format(
                Locale.ROOT,
                "%04d-W%02d",
                monday.get(IsoFields.WEEK_BASED_YEAR),
                monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    public CalendarWeek previous() {
        return new CalendarWeek(monday.minusWeeks(1));
    }

    public CalendarWeek next() {
        return new CalendarWeek(monday.plusWeeks(1));
    }

    List<LocalDate> dates() {
        return monday.datesUntil(monday.plusWeeks(1)).toList();
    }

    Instant begin(ZoneId zone) {
        return monday.atStartOfDay(zone).toInstant();
    }

    Instant end(ZoneId zone) {
        return monday.plusWeeks(1).atStartOfDay(zone).toInstant();
    }

    /** {@code 16 – 22 November 2026}: what both ends have in common is said once. */
    String title(Locale locale) {
        LocalDate sunday = monday.plusDays(6);
        String first = monday.getYear() != sunday.getYear()
                ? "d MMMM yyyy"
                : monday.getMonth() != sunday.getMonth() ? "d MMMM" : "d";
        return DateTimeFormatter.ofPattern(first, locale).format(monday) + "\u2009\u2013\u2009"
                + DateTimeFormatter.ofPattern("d MMMM yyyy", locale).format(sunday);
    }
}
