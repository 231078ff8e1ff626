package io.regie.core.media;

import io.regie.core.captions.Cue;
import java.time.Duration;
import java.util.List;

/**
 * A track of captions with what it says.
 *
 * @param track the rest
 */
public record CaptionText(CaptionView track, List<CueView> cues) {

    /**
     * @param start seconds from where the media begins
     * @param text as people edit it, with the tags b, i, u, ruby, rt, lang and v
     * @param settings where it stands, as WebVTT says it
     */
    public record CueView(double start, double end, String text, String settings) {

        static CueView of(Cue cue) {
            return new CueView(
                    seconds(cue.start()), seconds(cue.end()), cue.text().source(), cue.settings());
        }

        private static double seconds(Duration time) {
            return time.toMillis() / 1000.0;
        }
    }
}
