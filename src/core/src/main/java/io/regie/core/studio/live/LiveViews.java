package io.regie.core.studio.live;

import io.regie.core.live.LiveStreamView;
import io.regie.core.live.LiveStreamView.CheckView;
import io.regie.core.live.LiveStreamView.RecordingView;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import jakarta.inject.Singleton;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Live streams in people's words and numbers. */
@Singleton
class LiveViews {
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
    record Moment(Instant instant, String text) {}

    /** A recording. @param figures as the site's people write numbers; empty when not known */
    record Recorded(
            UUID job,
            @Nullable UUID article,
            String state,
            Moment begun,
            @Nullable Moment until,
            String duration,
            String bitrate,
            String lost,
            String reconnects) {}

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

    Recorded recorded(RecordingView recording, Locale locale) {
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
                figures.containsKey("lost") ? number(figures.get("lost"), 0, locale) : "",
                figures.containsKey("reconnects") ? number(figures.get("reconnects"), 0, locale) : "");
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
    private Moment moment(Instant instant, Locale locale) {
        return new Moment(
                instant,
                DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
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
