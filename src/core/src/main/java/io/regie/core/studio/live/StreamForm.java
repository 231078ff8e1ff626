package io.regie.core.studio.live;

import io.regie.core.live.LiveDraft;
import io.regie.core.live.LiveStreamView;
import io.regie.core.live.ScheduleDraft;
import io.regie.core.problem.ProblemException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was typed about a live stream. One plan is enough for a form; whoever needs more asks the API, and what the form
 * cannot show it leaves alone.
 *
 * @param keep {@code site}, {@code ever} or {@code some}
 * @param plan {@code none}, {@code once}, {@code weekly}, {@code cron}, or {@code several}
 * @param minutes as typed
 */
record StreamForm(
        String name,
        String url,
        String username,
        String password,
        Map<String, String> options,
        String maxMinutes,
        String keep,
        String keepDays,
        String plan,
        String start,
        List<String> days,
        String time,
        String cron,
        String minutes) {

    static final List<String> DAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
    private static final List<String> OPTIONS = List.of("latency", "passphrase", "streamid", "userAgent", "referer");

    static StreamForm empty() {
        return new StreamForm("", "", "", "", Map.of(), "", "site", "30", "none", "", List.of(), "20:00", "", "60");
    }

    static StreamForm of(LiveStreamView stream) {
        Long max = stream.maxSeconds();
        String limit = max == null ? "" : Long.toString((max + 59) / 60);
        Integer keep = stream.keepDays();
        List<ScheduleDraft> schedules = stream.schedules();
        ScheduleDraft first = schedules.size() == 1
                ? schedules.get(0)
                : new ScheduleDraft(schedules.isEmpty() ? "none" : "several", null, null, null, null, 60);
        return new StreamForm(
                stream.name(),
                "",
                "",
                "",
                stream.options(),
                limit,
                keep == null ? "site" : keep == 0 ? "ever" : "some",
                keep == null || keep == 0 ? "30" : keep.toString(),
                first.kind(),
                text(first.start()),
                first.days() == null ? List.of() : first.days(),
                first.time() == null ? "20:00" : first.time(),
                text(first.cron()),
                Integer.toString(first.minutes()));
    }

    static StreamForm posted(Map<String, List<String>> sent) {
        Map<String, String> options = new HashMap<>();
        for (String option : OPTIONS) {
            if (sent.containsKey(option)) {
                options.put(option, first(sent, option).strip());
            }
        }
        List<String> days = sent.get("days");
        return new StreamForm(
                first(sent, "name").strip(),
                first(sent, "url").strip(),
                first(sent, "username"),
                first(sent, "password"),
                options,
                first(sent, "maxMinutes").strip(),
                first(sent, "keep"),
                first(sent, "keepDays").strip(),
                first(sent, "plan"),
                first(sent, "start"),
                days == null ? List.of() : days,
                first(sent, "time"),
                first(sent, "cron"),
                first(sent, "minutes").strip());
    }

    /** @param scheme of the stream as it is, or null for a new one */
    LiveDraft draft(@Nullable String scheme) {
        return new LiveDraft(
                name.isEmpty() ? null : name,
                url.isEmpty() && scheme != null ? null : url,
                username.isEmpty() ? null : username,
                password.isEmpty() ? null : password,
                fitting(url.isEmpty() ? scheme : url),
                maxMinutes.isEmpty() ? 0L : number(maxMinutes, "maxSeconds", "live-max-seconds") * 60,
                switch (keep) {
                    case "some" -> Integer.valueOf((int) number(keepDays, "keepDays", "live-keep-days"));
                    case "ever" -> 0;
                    case "site" -> -1;
                    default -> null;
                },
                schedules());
    }

    /** The form asks for the options of all protocols; an empty field of another one means nothing. */
    private @Nullable Map<String, String> fitting(@Nullable String address) {
        String scheme = address == null ? "" : address.toLowerCase(Locale.ROOT);
        Map<String, String> sent = new HashMap<>();
        options.forEach((name, value) -> {
            boolean secret = name.equals("passphrase") || name.equals("streamid");
            boolean own = scheme.startsWith("srt")
                    ? secret || name.equals("latency")
                    : scheme.startsWith("http") && (name.equals("userAgent") || name.equals("referer"));
            // What is secret is not shown, so an empty field leaves it as it is.
            if ((own && !(secret && value.isEmpty())) || (!own && !value.isEmpty())) {
                sent.put(name, value);
            }
        });
        return sent;
    }

    private @Nullable List<ScheduleDraft> schedules() {
        int length =
                plan.equals("none") || plan.equals("several") ? 0 : (int) number(minutes, "schedules", "live-schedule");
        return switch (plan) {
            case "once" -> List.of(new ScheduleDraft("once", start, null, null, null, length));
            case "weekly" -> List.of(new ScheduleDraft("weekly", null, new ArrayList<>(days), time, null, length));
            case "cron" -> List.of(new ScheduleDraft("cron", null, null, null, cron, length));
            case "none" -> List.of();
            default -> null;
        };
    }

    private static long number(String text, String field, String key) {
        if (!text.matches("\\d{1,6}")) {
            throw ProblemException.invalidField(field, key, Duration.ofDays(31).toSeconds());
        }
        return Long.parseLong(text);
    }

    /** When a weekly plan ends, for people. */
    public String end() {
        try {
            return LocalTime.parse(time).plusMinutes(Long.parseLong(minutes)).toString();
        } catch (DateTimeParseException | NumberFormatException e) {
            return "";
        }
    }

    public boolean on(String day) {
        return days.contains(day);
    }

    public String option(String name) {
        return options.getOrDefault(name, "");
    }

    public List<String> allDays() {
        return DAYS;
    }

    private static String first(Map<String, List<String>> sent, String name) {
        List<String> values = sent.get(name);
        return values == null || values.isEmpty() ? "" : text(values.get(0));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** Nobody prints what may hold a password. */
    @Override
    public String toString() {
        return "StreamForm[" + name + "]";
    }
}
