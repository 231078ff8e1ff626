package io.regie.core.studio.live;

import io.regie.core.live.LiveStreamView;
import io.regie.core.live.LiveStreamView.CheckView;
import io.regie.core.live.LiveStreamView.RecordingView;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.studio.PlayingTime;
import jakarta.inject.Singleton;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Live streams in people's words and numbers. */
@Singleton
public class LiveViews {
    private static final int SECONDS_PER_HOUR = 3600;
    private final SettingsService settings;

    LiveViews(SettingsService settings) {
        this.settings = settings;
    }

    /**
     * A stream.
     *
     * @param state {@code recording}, {@code checking}, {@code planned} or {@code idle}
     * @param next when it is recorded next
     */
    record Item(
            LiveStreamView stream,
            String state,
            @Nullable Moment next,
            @Nullable Recorded recording,
            @Nullable Checked check) {}

    /** A time for programs and for people. */
    public record Moment(Instant instant, String text) {}

    /**
     * A recording; figures as the reader's people write numbers, empty when not known.
     *
     * @param lost packets, and so on only where there are any
     * @param drift what the source's clock gains in an hour, or empty
     * @param reason why it ended, in the plugin's words
     */
    public record Recorded(
            UUID job,
            @Nullable UUID article,
            String state,
            Moment begun,
            @Nullable Moment until,
            String duration,
            String bitrate,
            String lost,
            String reconnects,
            String drift,
            Timeline timeline,
            @Nullable String reason) {
        public boolean running() {
            return state.equals("running");
        }
    }

    /**
     * A recording from its beginning to its end, and what is missing of it.
     *
     * @param count of gaps, also while nothing else is known of them
     */
    public record Timeline(String count, List<Gap> gaps) {}

    /**
     * Something that is missing.
     *
     * @param since when it began; null when not known
     * @param place where the recording goes on after it
     * @param length how long nothing was recorded
     * @param mark thousandths of the recording's length before it
     */
    public record Gap(@Nullable Moment since, String place, String length, @Nullable String reason, long mark) {}

    /** What a check found. @param verdict {@code ok}, {@code long}, {@code unknown} or empty */
    record Checked(
            CheckView check,
            Moment begun,
            String video,
            String size,
            String frameRate,
            String audio,
            String spacing,
            String verdict) {
        public boolean running() {
            return check.state().equals("running");
        }

        public boolean good() {
            return check.state().equals("succeeded");
        }
    }

    Item item(LiveStreamView stream, Locale locale) {
        CheckView check = stream.check();
        RecordingView recording = stream.recording();
        String state = recording != null
                ? "recording"
                : check != null && check.state().equals("running")
                        ? "checking"
                        : stream.next() != null ? "planned" : "idle";
        return new Item(
                stream,
                state,
                stream.next() == null ? null : moment(stream.next().start(), locale),
                recording == null ? null : recorded(recording, locale),
                check == null ? null : checked(check, locale));
    }

    public Recorded recorded(RecordingView recording, Locale locale) {
        Map<String, Double> figures = recording.figures();
        Double bitrate = figures.get("bitrate");
        return new Recorded(
                recording.job(),
                recording.article(),
                recording.state(),
                moment(recording.begun(), locale),
                recording.until() == null ? null : moment(recording.until(), locale),
                figures.containsKey("duration") ? time(figures.get("duration")) : "",
                bitrate == null ? "" : number(bitrate / 1e6, 1, locale) + " Mbit/s",
                count(figures, "lost", locale),
                count(figures, "reconnects", locale),
                drift(figures.getOrDefault("drift", 0.0), locale),
                timeline(recording, locale),
                recording.reason());
    }

    private Timeline timeline(RecordingView recording, Locale locale) {
        double whole = recording.figures().getOrDefault("duration", 0.0);
        List<Gap> gaps = recording.gaps().stream()
                .map(gap -> new Gap(
                        gap.since() == null ? null : exactly(gap.since(), locale),
                        time(gap.at()),
                        length(gap.seconds(), locale),
                        gap.reason(),
                        whole <= 0 ? 0 : Math.min(1000, Math.round(1000 * gap.at() / whole))))
                .toList();
        String counted = count(recording.figures(), "gaps", locale);
        return new Timeline(gaps.isEmpty() ? counted : number(gaps.size(), 0, locale), gaps);
    }

    /** What a source's clock loses in an hour; empty while that is not known. */
    private static String drift(double partsPerMillion, Locale locale) {
        double seconds = -partsPerMillion * SECONDS_PER_HOUR / 1e6;
        String sign = seconds < 0 ? "\u2212" : "+";
        return partsPerMillion == 0 ? "" : sign + number(Math.abs(seconds), 2, locale) + "\u00a0s/h";
    }

    /** Seconds up to a minute and a half, then as clocks count. */
    private static String length(double seconds, Locale locale) {
        return seconds < 90 ? number(seconds, seconds < 10 ? 1 : 0, locale) + "\u00a0s" : PlayingTime.of(seconds);
    }

    private static String count(Map<String, Double> figures, String name, Locale locale) {
        return figures.containsKey(name) ? number(figures.get(name), 0, locale) : "";
    }

    private Checked checked(CheckView check, Locale locale) {
        Map<String, String> facts = check.facts();
        return new Checked(
                check,
                moment(check.begun(), locale),
                facts.getOrDefault("video", ""),
                facts.getOrDefault("size", "").replace('x', '\u00d7'),
                decimal(facts.getOrDefault("frameRate", ""), locale),
                facts.getOrDefault("audio", ""),
                decimal(facts.getOrDefault("keyFrameSpacing", ""), locale),
                facts.getOrDefault("verdict", ""));
    }

    /** In the site's zone, as plans are. */
    Moment moment(Instant instant, Locale locale) {
        return moment(instant, FormatStyle.SHORT, locale);
    }

    /** To the second. */
    private Moment exactly(Instant instant, Locale locale) {
        return moment(instant, FormatStyle.MEDIUM, locale);
    }

    private Moment moment(Instant instant, FormatStyle time, Locale locale) {
        return new Moment(
                instant,
                DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, time)
                        .withLocale(locale)
                        .withZone(settings.get(Setting.ZONE))
                        .format(instant));
    }

    private static String time(double seconds) {
        Duration time = Duration.ofMillis((long) (seconds * 1000));
        return "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    private static String decimal(String text, Locale locale) {
        try {
            return text.isEmpty() ? "" : number(Double.parseDouble(text), 2, locale);
        } catch (NumberFormatException e) {
            return "";
        }
    }

    private static String number(double value, int digits, Locale locale) {
        NumberFormat format = NumberFormat.getInstance(locale);
        format.setMaximumFractionDigits(digits);
        return format.format(value);
    }
}
