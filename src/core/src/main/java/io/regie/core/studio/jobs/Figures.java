package io.regie.core.studio.jobs;

import io.regie.core.jobs.JobDay;
import java.text.NumberFormat;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;

/** Figures of days, as a table shows them and a chart reads them. */
record Figures(List<Day> days, boolean any) {

    /**
     * @param date for people
     * @param day for programs
     * @param work minutes, for people
     * @param media minutes, for people
     */
    record Day(
            String date,
            String day,
            long waiting,
            long done,
            long failed,
            String work,
            String media,
            double workMinutes,
            double mediaMinutes) {}

    static Figures of(List<JobDay> days, Locale locale) {
        DateTimeFormatter date =
                DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale);
        NumberFormat minutes = NumberFormat.getInstance(locale);
        minutes.setMaximumFractionDigits(1);
        boolean any = days.stream().anyMatch(day -> day.added() + day.waiting() + day.done() + day.failed() > 0);
        return new Figures(
                days.stream()
                        .map(day -> new Day(
                                date.format(day.day()),
                                day.day().toString(),
                                day.waiting(),
                                day.done(),
                                day.failed(),
                                minutes.format(day.workSeconds() / 60),
                                minutes.format(day.mediaSeconds() / 60),
                                day.workSeconds() / 60,
                                day.mediaSeconds() / 60))
                        .toList(),
                any);
    }
}
