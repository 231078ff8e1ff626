package io.regie.core.live;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Times of the five fields that every administrator knows: minute, hour, day of the month, month, day of the week (0 or
 * 7 is Sunday); each a star, numbers, ranges and steps. When both days are named, either will do.
 *
 * <p>When clocks go forward, a time that is skipped is taken an hour later; when they go back, a time that comes twice
 * is taken once, unless the expression means every hour.
 */
final class CronTimes {
    /** A leap day may be eight years away. */
    private static final int DAYS = 366 * 9;

    private final String text;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekDays;
    private final boolean eitherDay;
    private final boolean everyHour;

    private CronTimes(String text, String[] fields) {
        this.text = String.join(" ", fields);
        minutes = field(fields[0], 0, 59);
        hours = field(fields[1], 0, 23);
        days = field(fields[2], 1, 31);
        months = field(fields[3], 1, 12);
        weekDays = field(fields[4], 0, 7);
        if (weekDays.get(7)) {
            weekDays.set(0);
        }
        eitherDay = !fields[2].startsWith("*") && !fields[4].startsWith("*");
        everyHour = fields[1].startsWith("*");
    }

    /** @throws IllegalArgumentException when it is not one, or never comes */
    static CronTimes parse(String text) {
        String[] fields = text.strip().split("\\s+");
        if (fields.length != 5 || text.length() > 200) {
            throw new IllegalArgumentException("Not five fields");
        }
        CronTimes times = new CronTimes(text, fields);
        if (times.first(Instant.EPOCH, ZoneId.of("UTC")).isEmpty()) {
            throw new IllegalArgumentException("Never comes");
        }
        return times;
    }

    /** The first time that is not before this. */
    Optional<Instant> first(Instant from, ZoneId zone) {
        LocalDate day = ZonedDateTime.ofInstant(from, zone).toLocalDate();
        // One that was skipped on the evening before may be today.
        for (LocalDate date = day.minusDays(1); date.isBefore(day.plusDays(DAYS)); date = date.plusDays(1)) {
            if (fits(date)) {
                Optional<Instant> found = on(date, zone).stream()
                        .filter(time -> !time.isBefore(from))
                        .sorted()
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** All from one time until before another, the first first. */
    Stream<Instant> between(Instant from, Instant to, ZoneId zone) {
        LocalDate first = ZonedDateTime.ofInstant(from, zone).toLocalDate().minusDays(1);
        LocalDate end = ZonedDateTime.ofInstant(to, zone).toLocalDate().plusDays(1);
        return first.datesUntil(end)
                .filter(this::fits)
                .flatMap(date -> on(date, zone).stream())
                .filter(time -> !time.isBefore(from) && time.isBefore(to))
                .distinct()
                .sorted();
    }

    private boolean fits(LocalDate date) {
        boolean day = days.get(date.getDayOfMonth());
        boolean weekDay = weekDays.get(date.getDayOfWeek().getValue() % 7);
        return months.get(date.getMonthValue()) && (eitherDay ? day || weekDay : day && weekDay);
    }

    private List<Instant> on(LocalDate date, ZoneId zone) {
        List<Instant> times = new ArrayList<>();
        for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
            for (int minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
                LocalDateTime local = date.atTime(hour, minute);
                boolean skipped = zone.getRules().getValidOffsets(local).isEmpty();
                if (!skipped || !everyHour) {
                    ZonedDateTime time = local.atZone(zone);
                    times.add(time.toInstant());
                    if (everyHour) {
                        times.add(time.withLaterOffsetAtOverlap().toInstant());
                    }
                }
            }
        }
        return times;
    }

    private static BitSet field(String text, int min, int max) {
        BitSet set = new BitSet();
        for (String part : text.split(",", -1)) {
            String[] step = part.split("/", -1);
            String[] range = step[0].split("-", -1);
            if (step.length > 2 || range.length > 2) {
                throw new IllegalArgumentException("Not a field: " + text);
            }
            boolean star = step[0].equals("*");
            int from = star ? min : number(range[0], min, max);
            int to = star || (range.length == 1 && step.length == 2) ? max : number(range[range.length - 1], min, max);
            int by = step.length == 2 ? number(step[1], 1, max) : 1;
            if (to < from) {
                throw new IllegalArgumentException("Not a range: " + text);
            }
            for (int value = from; value <= to; value += by) {
                set.set(value);
            }
        }
        return set;
    }

    private static int number(String text, int min, int max) {
        if (!text.matches("\\d{1,2}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
            throw new IllegalArgumentException("Not a number: " + text);
        }
        return Integer.parseInt(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
