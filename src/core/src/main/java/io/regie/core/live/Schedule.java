package io.regie.core.live;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a stream is recorded, in the site's time. A window is as long as it says, also on the day on which clocks change;
 * a beginning that clocks skip comes as much later as they skip.
 */
sealed interface Schedule {

    Duration length();

    /** The first window that does not begin before this. */
    Optional<Window> first(Instant from, ZoneId zone);

    /** All windows that begin from one time until before another, the first first. */
    List<Window> windows(Instant from, Instant to, ZoneId zone);

    /** At one time. */
    record Once(LocalDateTime start, Duration length) implements Schedule {
        @Override
        public Optional<Window> first(Instant from, ZoneId zone) {
            return Optional.of(start.atZone(zone).toInstant())
                    .filter(time -> !time.isBefore(from))
                    .map(this::window);
        }

        @Override
        public List<Window> windows(Instant from, Instant to, ZoneId zone) {
            return first(from, zone).filter(window -> window.start().isBefore(to)).stream()
                    .toList();
        }
    }

    /** On some days of each week. */
    record Weekly(Set<DayOfWeek> days, LocalTime time, Duration length) implements Schedule {
        public Weekly {
            days = Set.copyOf(days);
        }

        @Override
        public Optional<Window> first(Instant from, ZoneId zone) {
            LocalDate today = ZonedDateTime.ofInstant(from, zone).toLocalDate();
            // One that was skipped late on the evening before may be today.
            for (LocalDate date = today.minusDays(1); date.isBefore(today.plusDays(9)); date = date.plusDays(1)) {
                Instant start = date.atTime(time).atZone(zone).toInstant();
                if (days.contains(date.getDayOfWeek()) && !start.isBefore(from)) {
                    return Optional.of(window(start));
                }
            }
            return Optional.empty();
        }

        @Override
        public List<Window> windows(Instant from, Instant to, ZoneId zone) {
            LocalDate first = ZonedDateTime.ofInstant(from, zone).toLocalDate().minusDays(1);
            LocalDate end = ZonedDateTime.ofInstant(to, zone).toLocalDate().plusDays(1);
            return first.datesUntil(end)
                    .filter(date -> days.contains(date.getDayOfWeek()))
                    .map(date -> date.atTime(time).atZone(zone).toInstant())
                    .filter(start -> !start.isBefore(from) && start.isBefore(to))
                    .map(this::window)
                    .toList();
        }
    }

    /** As an expression says. */
    record Cron(CronTimes times, Duration length) implements Schedule {
        @Override
        public Optional<Window> first(Instant from, ZoneId zone) {
            return times.first(from, zone).map(this::window);
        }

        @Override
        public List<Window> windows(Instant from, Instant to, ZoneId zone) {
            return times.between(from, to, zone).map(this::window).toList();
        }
    }

    default Window window(Instant start) {
        return new Window(start, start.plus(length()));
    }

    /** All that is planned from one time until before another; windows that overlap or touch are one recording. */
    static List<Window> merged(Collection<Schedule> schedules, Instant from, Instant to, ZoneId zone) {
        List<Window> merged = new ArrayList<>();
        schedules.stream()
                .flatMap(schedule -> schedule.windows(from, to, zone).stream())
                .sorted(Comparator.comparing(Window::start))
                .forEach(window -> {
                    Window last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
                    if (last == null || window.start().isAfter(last.end())) {
                        merged.add(window);
                    } else if (window.end().isAfter(last.end())) {
                        merged.set(merged.size() - 1, new Window(last.start(), window.end()));
                    }
                });
        return merged;
    }

    /** The first window of all that is not over at this time. */
    static Optional<Window> current(Collection<Schedule> schedules, Instant now, ZoneId zone) {
        return schedules.stream()
                .map(schedule -> schedule.first(now.minus(schedule.length()).plusMillis(1), zone))
                .flatMap(Optional::stream)
                .min(Comparator.comparing(Window::start));
    }

    /** The first window of all that begins after this. */
    static Optional<Window> after(Collection<Schedule> schedules, Instant time, ZoneId zone) {
        return schedules.stream()
                .map(schedule -> schedule.first(time.plusMillis(1), zone))
                .flatMap(Optional::stream)
                .min(Comparator.comparing(Window::start));
    }
}
