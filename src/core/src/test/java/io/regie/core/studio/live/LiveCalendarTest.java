package io.regie.core.studio.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.core.live.CalendarEntry;
import io.regie.core.live.Window;
import io.regie.core.studio.live.LiveCalendar.Block;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** In Paris, clocks go forward on 2027-03-28 from 02:00 to 03:00, and back on 2026-10-25 from 03:00 to 02:00. */
class LiveCalendarTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @Test
    void putsEachOnItsDayByTheClockOnTheWall() {
        LiveCalendar week = week("2026-W47", entry("Quay", "2026-11-18T19:00:00Z", "2026-11-18T20:30:00Z"));
        assertThat(week.days()).hasSize(7);
        assertThat(week.days().get(2).full()).isEqualTo("Wednesday 18 November 2026");
        Block block = only(week, 2);
        assertThat(block.from()).isEqualTo(20 * 60);
        assertThat(block.to()).isEqualTo(21 * 60 + 30);
        assertThat(block.time()).isEqualTo("20:00\u201321:30");
        assertThat(block.length()).isEqualTo("1\u00a0h 30\u00a0min");
        for (int day : new int[] {0, 1, 3, 4, 5, 6}) {
            assertThat(week.days().get(day).blocks()).isEmpty();
        }
    }

    @Test
    void isOnBothDaysWhenItCrossesMidnight() {
        LiveCalendar week = week("2026-W47", entry("Quay", "2026-11-18T22:00:00Z", "2026-11-19T01:00:00Z"));
        assertThat(only(week, 2)).extracting(Block::from, Block::to).containsExactly(23 * 60, 24 * 60);
        assertThat(only(week, 3)).extracting(Block::from, Block::to).containsExactly(0, 2 * 60);
        assertThat(only(week, 3).time()).isEqualTo("23:00\u201302:00");
        LiveCalendar untilMidnight = week("2026-W47", entry("Quay", "2026-11-18T22:00:00Z", "2026-11-18T23:00:00Z"));
        assertThat(untilMidnight.days().get(3).blocks()).isEmpty();
    }

    @Test
    void saysWhatClocksDoOnTheDayOnWhichTheyChange() {
        LiveCalendar spring = week("2027-W12", entry("Quay", "2027-03-28T00:30:00Z", "2027-03-28T01:30:00Z"));
        assertThat(spring.days().get(6).change()).isEqualTo("forward");
        assertThat(spring.days().get(5).change()).isEmpty();
        assertThat(only(spring, 6)).extracting(Block::from, Block::to).containsExactly(90, 210);
        assertThat(only(spring, 6).length()).isEqualTo("1\u00a0h");
        assertThat(only(spring, 6).time()).isEqualTo("01:30 CET\u201303:30 CEST");

        LiveCalendar autumn = week(
                "2026-W43",
                entry("First", "2026-10-25T00:30:00Z", "2026-10-25T00:40:00Z"),
                entry("Second", "2026-10-25T01:30:00Z", "2026-10-25T01:40:00Z"),
                entry("Backwards", "2026-10-25T00:45:00Z", "2026-10-25T01:15:00Z"));
        assertThat(autumn.days().get(6).change()).isEqualTo("back");
        assertThat(autumn.days().get(6).blocks())
                .extracting(Block::time)
                .containsExactly("02:30 CEST\u201302:40 CEST", "02:30 CET\u201302:40 CET", "02:45 CEST\u201302:15 CET");
        assertThat(autumn.days().get(6).blocks()).allMatch(block -> block.to() > block.from());
        assertThat(autumn.days().get(6).blocks())
                .as("the same hour by the wall, so side by side")
                .extracting(Block::lanes)
                .containsOnly(3);
    }

    @Test
    void putsWhatOverlapsSideBySide() {
        LiveCalendar week = week(
                "2026-W47",
                entry("A", "2026-11-18T08:00:00Z", "2026-11-18T10:00:00Z"),
                entry("B", "2026-11-18T09:00:00Z", "2026-11-18T11:00:00Z"),
                entry("C", "2026-11-18T10:00:00Z", "2026-11-18T12:00:00Z"),
                entry("D", "2026-11-18T12:00:00Z", "2026-11-18T12:01:00Z"),
                entry("E", "2026-11-18T12:02:00Z", "2026-11-18T12:03:00Z"));
        assertThat(week.days().get(2).blocks())
                .extracting(block -> block.entry().name() + block.lane() + "/" + block.lanes())
                .as("C has A's place; what is too short to be read takes room all the same")
                .containsExactly("A0/2", "B1/2", "C0/2", "D0/2", "E1/2");
        assertThat(week.rules()).contains("#d2-1{inset-block-start:41.667%;block-size:8.333%");
    }

    @Test
    void findsWeeksByTheirWord() {
        assertThat(CalendarWeek.parse("2026-W47").orElseThrow().monday()).isEqualTo(LocalDate.of(2026, 11, 16));
        assertThat(CalendarWeek.parse("2026-W53").orElseThrow().monday()).isEqualTo(LocalDate.of(2026, 12, 28));
        assertThat(CalendarWeek.parse("2026-W53").orElseThrow().next().word()).isEqualTo("2027-W01");
        assertThat(CalendarWeek.parse("2027-W01").orElseThrow().previous().word())
                .isEqualTo("2026-W53");
        for (String word : new String[] {null, "", "2027-W53", "2026-W00", "2026-W99", "1999-W01", "0000-W01", "x"}) {
            assertThat(CalendarWeek.parse(word)).as(word).isEmpty();
        }
        assertThat(CalendarWeek.parse("2026-W47").orElseThrow().title(Locale.ENGLISH))
                .isEqualTo("16\u2009\u2013\u200922 November 2026");
        assertThat(CalendarWeek.parse("2026-W53").orElseThrow().title(Locale.FRENCH))
                .isEqualTo("28 d\u00e9cembre 2026\u2009\u2013\u20093 janvier 2027");
    }

    private static Block only(LiveCalendar week, int day) {
        assertThat(week.days().get(day).blocks()).hasSize(1);
        return week.days().get(day).blocks().get(0);
    }

    private static LiveCalendar week(String word, CalendarEntry... entries) {
        return LiveCalendar.of(
                CalendarWeek.parse(word).orElseThrow(),
                List.of(entries),
                Instant.parse("2026-11-01T12:00:00Z"),
                PARIS,
                Locale.ENGLISH);
    }

    private static CalendarEntry entry(String name, String start, String end) {
        return new CalendarEntry(
                UUID.randomUUID(), name, new Window(Instant.parse(start), Instant.parse(end)), null, "planned");
    }
}
