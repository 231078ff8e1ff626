package io.regie.core.media;

import io.regie.spi.Storyboard;
import java.time.Duration;
import java.util.List;

/** Composes the WebVTT that maps times to tiles of a sprite sheet, by media fragments ({@code #xywh=}). */
final class StoryboardTrack {

    private StoryboardTrack() {}

    static String compose(Storyboard storyboard, String sheet, Duration end) {
        StringBuilder text = new StringBuilder("WEBVTT\n");
        List<Duration> starts = storyboard.starts();
        for (int i = 0; i < starts.size(); i++) {
            Duration until = i + 1 < starts.size() ? starts.get(i + 1) : later(end, starts.get(i));
            text.append("\n%s --> %s\n%s#xywh=%d,%d,%d,%d\n"
                    .formatted(
                            time(starts.get(i)),
                            time(until),
                            sheet,
                            i % storyboard.columns() * storyboard.tileWidth(),
                            i / storyboard.columns() * storyboard.tileHeight(),
                            storyboard.tileWidth(),
                            storyboard.tileHeight()));
        }
        return text.toString();
    }

    /** A cue must not be empty, even where the last tile starts with the last frame. */
    private static Duration later(Duration end, Duration start) {
        Duration least = start.plusMillis(1);
        return end.compareTo(least) > 0 ? end : least;
    }

    private static String time(Duration at) {
        return "%02d:%02d:%02d.%03d".formatted(at.toHours(), at.toMinutesPart(), at.toSecondsPart(), at.toMillisPart());
    }
}
