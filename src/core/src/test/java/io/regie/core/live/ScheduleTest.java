package io.regie.core.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regie.core.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In Paris, clocks go forward on 2027-03-28 from 02:00 to 03:00, and back on 2026-10-25 from 03:00 to 02:00. */
class ScheduleTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @Test
    void keepsTheHourOnThePageWhenClocksChange() {
        Schedule evening = weekly("20:00", "saturday", "sunday");
        assertThat(starts(evening, "2026-10-24T00:00:00Z", 3))
                .containsExactly("2026-10-24T18:00:00Z", "2026-10-25T19:00:00Z", "2026-10-31T19:00:00Z");
    }

    @Test
    void comesLaterOnceWhenItsHourIsSkipped() {
        assertThat(starts(weekly("02:30", "saturday", "sunday", "monday"), "2027-03-27T00:00:00Z", 3))
                .containsExactly("2027-03-27T01:30:00Z", "2027-03-28T01:30:00Z", "2027-03-29T00:30:00Z");
        assertThat(starts(cron("30 2 * * *"), "2027-03-27T00:00:00Z", 3))
                .containsExactly("2027-03-27T01:30:00Z", "2027-03-28T01:30:00Z", "2027-03-29T00:30:00Z");
    }

    @Test
    void comesOnceWhenItsHourComesTwice() {
        assertThat(starts(weekly("02:30", "saturday", "sunday", "monday"), "2026-10-24T00:00:00Z", 3))
                .containsExactly("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(starts(cron("30 2 * * *"), "2026-10-25T00:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void leavesNoHourOutWhenItComesEveryHour() {
        assertThat(starts(cron("0 * * * *"), "2026-10-24T23:00:00Z", 4))
                .containsExactly(
                        "2026-10-24T23:00:00Z", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z");
        assertThat(starts(cron("0 * * * *"), "2027-03-28T00:00:00Z", 3))
                .containsExactly("2027-03-28T00:00:00Z", "2027-03-28T01:00:00Z", "2027-03-28T02:00:00Z");
    }

    @Test
    void isAsLongAsItSaysOnAnyDay() {
        Window night = weekly("00:30", "sunday")
                .first(Instant.parse("2027-03-27T12:00:00Z"), PARIS)
                .orElseThrow();
        assertThat(Duration.between(night.start(), night.end())).isEqualTo(Duration.ofMinutes(90));
    }

    @Test
    void readsTheFiveFields() {
        assertThat(starts(cron("*/20 9-10 1,15 * *"), "2026-11-01T00:00:00Z", 7))
                .containsExactly(
                        "2026-11-01T08:00:00Z",
                        "2026-11-01T08:20:00Z",
                        "2026-11-01T08:40:00Z",
                        "2026-11-01T09:00:00Z",
                        "2026-11-01T09:20:00Z",
                        "2026-11-01T09:40:00Z",
                        "2026-11-15T08:00:00Z");
        assertThat(starts(cron("0 12 13 * 5"), "2026-11-01T00:00:00Z", 3))
                .as("the 13th or a Friday")
                .containsExactly("2026-11-06T11:00:00Z", "2026-11-13T11:00:00Z", "2026-11-20T11:00:00Z");
        assertThat(starts(cron("0 12 * * 7"), "2026-11-01T12:00:00Z", 1)).containsExactly("2026-11-08T11:00:00Z");
        assertThat(starts(cron("0 0 29 2 *"), "2026-11-01T00:00:00Z", 1)).containsExactly("2028-02-28T23:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "5-1 * * * *",
                "*/0 * * * *",
                "a * * * *",
                "1- * * * *",
                "1,,2 * * * *",
                "-1 * * * *",
                "0 0 30 2 *",
            })
    void refusesWhatIsNoTime(String expression) {
        assertThatThrownBy(() -> CronTimes.parse(expression)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesSchedulesThatSayNothing() {
        Stream.of(
                        new ScheduleDraft("once", "2026-11-24", null, null, null, 10),
                        new ScheduleDraft("once", null, null, null, null, 10),
                        new ScheduleDraft("weekly", null, List.of(), "20:00", null, 10),
                        new ScheduleDraft("weekly", null, List.of("someday"), "20:00", null, 10),
                        new ScheduleDraft("weekly", null, List.of("monday"), "25:00", null, 10),
                        new ScheduleDraft("cron", null, null, null, "never", 10),
                        new ScheduleDraft("daily", null, null, "20:00", null, 10),
                        new ScheduleDraft("once", "2026-11-24T20:00", null, null, null, 0),
                        new ScheduleDraft("once", "2026-11-24T20:00", null, null, null, 100_000))
                .forEach(draft ->
                        assertThatThrownBy(draft::schedule).as(draft.toString()).isInstanceOf(ProblemException.class));
    }

    @Test
    void knowsTheWindowThatIsOpenNow() {
        List<Schedule> both = List.of(
                weekly("20:00", "monday"),
                new ScheduleDraft("once", "2026-11-24T10:00", null, null, null, 30).schedule());
        Instant open = Instant.parse("2026-11-23T20:00:00Z");
        assertThat(Schedule.current(both, open, PARIS))
                .contains(new Window(Instant.parse("2026-11-23T19:00:00Z"), Instant.parse("2026-11-23T20:30:00Z")));
        Instant over = Instant.parse("2026-11-23T20:30:00Z");
        assertThat(Schedule.current(both, over, PARIS).map(Window::start))
                .contains(Instant.parse("2026-11-24T09:00:00Z"));
        assertThat(Schedule.after(both, Instant.parse("2026-11-23T19:00:00Z"), PARIS)
                        .map(Window::start))
                .contains(Instant.parse("2026-11-24T09:00:00Z"));
        assertThat(Schedule.after(both, Instant.parse("2026-11-24T09:00:00Z"), PARIS)
                        .map(Window::start))
                .contains(Instant.parse("2026-11-30T19:00:00Z"));
    }

    @Test
    void listsWhatItWouldComeTo() {
        for (String day : List.of("2026-10-23T22:00:00Z", "2027-03-26T23:00:00Z")) {
            Instant from = Instant.parse(day);
            Instant to = from.plus(Duration.ofDays(4));
            for (Schedule schedule : List.of(
                    weekly("02:30", "saturday", "sunday", "monday"),
                    cron("30 2 * * *"),
                    cron("15 * * * *"),
                    new ScheduleDraft("once", "2026-10-25T02:30", null, null, null, 30).schedule())) {
                List<Instant> expected = new ArrayList<>();
                for (Instant next = from; next != null; ) {
                    Instant start =
                            schedule.first(next, PARIS).map(Window::start).orElse(to);
                    next = start.isBefore(to) ? start.plusMillis(1) : null;
                    if (next != null) {
                        expected.add(start);
                    }
                }
                assertThat(schedule.windows(from, to, PARIS))
                        .as(day + " " + schedule)
                        .extracting(Window::start)
                        .containsExactlyElementsOf(expected);
            }
        }
    }

    @Test
    void makesOneWindowOfThoseThatMeet() {
        List<Schedule> hourly = List.of(
                new ScheduleDraft("cron", null, null, null, "0 8-11 * * *", 60).schedule(),
                new ScheduleDraft("once", "2026-11-24T11:30", null, null, null, 60).schedule(),
                new ScheduleDraft("once", "2026-11-24T14:00", null, null, null, 10).schedule());
        assertThat(Schedule.merged(
                        hourly, Instant.parse("2026-11-24T00:00:00Z"), Instant.parse("2026-11-25T00:00:00Z"), PARIS))
                .containsExactly(
                        new Window(Instant.parse("2026-11-24T07:00:00Z"), Instant.parse("2026-11-24T11:30:00Z")),
                        new Window(Instant.parse("2026-11-24T13:00:00Z"), Instant.parse("2026-11-24T13:10:00Z")));
    }

    private static Schedule weekly(String time, String... days) {
        return new ScheduleDraft("weekly", null, List.of(days), time, null, 90).schedule();
    }

    private static Schedule cron(String expression) {
        return new ScheduleDraft("cron", null, null, null, expression, 90).schedule();
    }

    private static List<String> starts(Schedule schedule, String from, int count) {
        List<String> starts = new ArrayList<>();
        Instant next = Instant.parse(from);
        for (int i = 0; i < count; i++) {
            Instant start = schedule.first(next, PARIS).orElseThrow().start();
            starts.add(start.toString());
            next = start.plusMillis(1);
        }
        return starts;
    }
}
