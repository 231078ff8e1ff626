package io.regie.core.studio.live;

import io.regie.core.live.CalendarEntry;
import io.regie.core.live.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A week of recordings, day by day, where each stands at its time by the clock on the wall. What crosses midnight is
 * there on both days; what overlaps stands side by side.
 *
 * @param now minute of the day of today's line; negative in other weeks
 */
record LiveCalendar(CalendarWeek week, List<Day> days, int now) {

    private static final int DAY = 24 * 60;
    /** What is shorter is drawn as long as this, so that it can be read and hit. */
    private static final int SHORTEST = 40;

    /**
     * @param change {@code forward} or {@code back} when clocks change on it, else empty
     */
    record Day(
            LocalDate date,
            String weekday,
            String number,
            String full,
            boolean today,
            String change,
            List<Block> blocks) {}

    /**
     * A recording, or what one day has of it.
     *
     * @param id in the page
     * @param time from when to when, in whole, with zones where hours come twice
     * @param length how long it is
     * @param from minute of the day at which it is drawn
     * @param lane of how many that stand side by side
     */
    record Block(String id, CalendarEntry entry, String time, String length, int from, int to, int lane, int lanes) {
        public String state() {
            return switch (entry.state()) {
                case "stopped", "succeeded" -> "recorded";
                default -> entry.state();
            };
        }

        public String address() {
            return "/studio/live/" + entry.stream() + (entry.job() == null ? "" : "#recording-" + entry.job());
        }
    }

    static LiveCalendar of(CalendarWeek week, List<CalendarEntry> entries, Instant now, ZoneId zone, Locale locale) {
        List<Day> days = new ArrayList<>();
        LocalDate today = now.atZone(zone).toLocalDate();
        for (LocalDate date : week.dates()) {
            Instant begin = date.atStartOfDay(zone).toInstant();
            Instant end = date.plusDays(1).atStartOfDay(zone).toInstant();
            List<Piece> pieces = new ArrayList<>();
            for (CalendarEntry entry : entries) {
                piece(entry, date, begin, end, zone, locale, pieces);
            }
            days.add(new Day(
                    date,
                    date.getDayOfWeek().getDisplayName(TextStyle.SHORT, locale),
                    Integer.toString(date.getDayOfMonth()),
                    DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", locale).format(date),
                    date.equals(today),
                    change(Duration.between(begin, end)),
                    placed("d" + days.size(), pieces)));
        }
        return new LiveCalendar(week, days, week.dates().contains(today) ? minute(now.atZone(zone)) : -1);
    }

    /** A block without its place. */
    private record Piece(CalendarEntry entry, String time, String length, int from, int to) {}

    private static void piece(
            CalendarEntry entry,
            LocalDate date,
            Instant begin,
            Instant end,
            ZoneId zone,
            Locale locale,
            List<Piece> pieces) {
        Window window = entry.window();
        boolean here = window.start().isBefore(end)
                && (window.end().isAfter(begin) || window.start().equals(begin));
        if (!here) {
            return;
        }
        int from = window.start().isAfter(begin) ? minute(window.start().atZone(zone)) : 0;
        int to = window.end().isBefore(end) ? minute(window.end().atZone(zone)) : DAY;
        // An hour that comes twice may let it end before it begins.
        from = Math.min(from, DAY - SHORTEST);
        pieces.add(new Piece(entry, time(window, zone, locale), length(window), from, Math.max(to, from + SHORTEST)));
    }

    private static int minute(ZonedDateTime time) {
        return time.getHour() * 60 + time.getMinute();
    }

    private static String change(Duration day) {
        int compared = day.compareTo(Duration.ofDays(1));
        return compared == 0 ? "" : compared < 0 ? "forward" : "back";
    }

    /** Those that overlap, directly or through others, share the width of the day. */
    private static List<Block> placed(String prefix, List<Piece> pieces) {
        pieces.sort(Comparator.comparingInt(Piece::from)
                .thenComparing(piece -> piece.entry().name()));
        List<Block> blocks = new ArrayList<>();
        List<Piece> group = new ArrayList<>();
        int reach = 0;
        for (Piece piece : pieces) {
            if (piece.from() >= reach) {
                place(prefix, group, blocks);
                group.clear();
            }
            group.add(piece);
            reach = Math.max(reach, piece.to());
        }
        place(prefix, group, blocks);
        return blocks;
    }

    private static void place(String prefix, List<Piece> group, List<Block> blocks) {
        List<Integer> ends = new ArrayList<>();
        List<Integer> lanes = new ArrayList<>();
        for (Piece piece : group) {
            int lane = 0;
            while (lane < ends.size() && ends.get(lane) > piece.from()) {
                lane++;
            }
            if (lane == ends.size()) {
                ends.add(piece.to());
            } else {
                ends.set(lane, piece.to());
            }
            lanes.add(lane);
        }
        for (int i = 0; i < group.size(); i++) {
            Piece piece = group.get(i);
            blocks.add(new Block(
                    prefix + "-" + blocks.size(),
                    piece.entry(),
                    piece.time(),
                    piece.length(),
                    piece.from(),
                    piece.to(),
                    lanes.get(i),
                    ends.size()));
        }
    }

    private static String time(Window window, ZoneId zone, Locale locale) {
        ZonedDateTime start = window.start().atZone(zone);
        ZonedDateTime end = window.end().atZone(zone);
        boolean changes = !start.getOffset().equals(end.getOffset()) || twice(start) || twice(end);
        DateTimeFormatter format = DateTimeFormatter.ofPattern(changes ? "HH:mm zzz" : "HH:mm", locale);
        return format.format(start) + "\u2013" + format.format(end);
    }

    private static boolean twice(ZonedDateTime time) {
        return time.getZone().getRules().getValidOffsets(time.toLocalDateTime()).size() > 1;
    }

    private static String length(Window window) {
        Duration length = Duration.between(window.start(), window.end());
        long minutes = Math.max(1, (length.toSeconds() + 59) / 60);
        String hours = minutes < 60 ? "" : minutes / 60 + "\u00a0h";
        String rest = minutes % 60 == 0 && minutes > 0 ? "" : minutes % 60 + "\u00a0min";
        return hours.isEmpty() || rest.isEmpty() ? hours + rest : hours + " " + rest;
    }

    public boolean empty() {
        return days.stream().allMatch(day -> day.blocks().isEmpty());
    }

    /** Where each block stands, as a stylesheet: attributes may not say it. */
    public String rules() {
        StringBuilder rules = new StringBuilder("@media (min-width: 64rem) {");
        for (Day day : days) {
            for (Block block : day.blocks()) {
                rules.append(String.format(
                        Locale.ROOT,
                        "#%s{inset-block-start:%.3f%%;block-size:%.3f%%;inset-inline-start:%.3f%%;inline-size:%.3f%%}",
                        block.id(),
                        share(block.from(), DAY),
                        share(block.to() - block.from(), DAY),
                        share(block.lane(), block.lanes()),
                        share(1, block.lanes())));
            }
        }
        return rules.append(String.format(Locale.ROOT, "#now{inset-block-start:%.3f%%}}", share(Math.max(0, now), DAY)))
                .toString();
    }

    private static double share(int part, int whole) {
        return 100.0 * part / whole;
    }

    /** For whoever draws the day's hours. */
    public List<String> hours() {
        List<String> hours = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            hours.add(String.format(Locale.ROOT, "%02d:00", hour));
        }
        return hours;
    }
}
