package io.regie.core.live;

import io.regie.core.problem.ProblemException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a stream is to be recorded, as it is written in the API and the database; times are the site's.
 *
 * @param kind {@code once}, {@code weekly} or {@code cron}
 * @param start of {@code once}: {@code 2026-11-24T20:00}
 * @param days of {@code weekly}: {@code monday} to {@code sunday}
 * @param time of {@code weekly}: {@code 20:00}
 * @param cron of {@code cron}: minute, hour, day of the month, month, day of the week
 * @param minutes how long
 */
public record ScheduleDraft(
        String kind,
        @Nullable String start,
        @Nullable List<String> days,
        @Nullable String time,
        @Nullable String cron,
        int minutes) {

    private static final int MAX_MINUTES = 7 * 24 * 60;

    /** @throws ProblemException when it is no schedule */
    Schedule schedule() {
        if (minutes < 1 || minutes > MAX_MINUTES) {
            throw ProblemException.invalidField("schedules", "live-schedule-minutes", MAX_MINUTES);
        }
        Duration length = Duration.ofMinutes(minutes);
        try {
            return switch (kind == null ? "" : kind) {
                case "once" -> new Schedule.Once(LocalDateTime.parse(String.valueOf(start)), length);
                case "weekly" -> new Schedule.Weekly(weekDays(), LocalTime.parse(String.valueOf(time)), length);
                case "cron" -> new Schedule.Cron(CronTimes.parse(String.valueOf(cron)), length);
                default -> throw new IllegalArgumentException("kind");
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            throw ProblemException.invalidField("schedules", "live-schedule");
        }
    }

    private Set<DayOfWeek> weekDays() {
        Set<DayOfWeek> named = EnumSet.noneOf(DayOfWeek.class);
        for (String day : days == null ? List.<String>of() : days) {
            named.add(DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)));
        }
        if (named.isEmpty()) {
            throw new IllegalArgumentException("days");
        }
        return named;
    }
}
