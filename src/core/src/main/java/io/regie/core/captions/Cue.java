package io.regie.core.captions;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import java.time.Duration;

/**
 * A text and when it is shown.
 *
 * @param settings where on the picture, as WebVTT says it; empty for the usual place
 */
public record Cue(Duration start, Duration end, CueText text, String settings) {

    /** Longer than anything that plays. */
    public static final Duration LATEST = Duration.ofHours(100);

    public Cue {
        if (start.isNegative() || end.compareTo(start) <= 0 || end.compareTo(LATEST) > 0) {
            throw new ProblemException(ProblemType.UNACCEPTABLE_MEDIA, "captions-cue-times");
        }
        settings = CueSettings.known(settings);
    }
}
