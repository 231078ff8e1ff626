package io.regie.core.captions;

import java.time.Duration;
import java.util.List;

/** Cues in the order of their starts. */
public record Captions(List<Cue> cues) {

    public static final Captions NONE = new Captions(List.of());

    public Captions {
        cues = List.copyOf(cues);
    }

    /** Of our own writing. */
    public static Captions stored(String vtt) {
        return new Captions(ReadCaptions.cues(vtt));
    }

    /** The only writer of WebVTT that leaves this site. */
    public String vtt() {
        return vtt("WEBVTT\n", cues);
    }

    /** What is shown within a part of the time, as a segment of HLS (RFC 8216 3.5): a cue may stand in several. */
    public String segment(Duration from, Duration until) {
        // Our renditions begin at zero, as the times of cues do.
        return vtt(
                "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n",
                cues.stream()
                        .filter(cue ->
                                cue.start().compareTo(until) < 0 && cue.end().compareTo(from) > 0)
                        .toList());
    }

    /** When the last cue ends. */
    public Duration end() {
        return cues.stream().map(Cue::end).reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    private static String vtt(String header, List<Cue> cues) {
        StringBuilder text = new StringBuilder(header);
        for (Cue cue : cues) {
            text.append('\n').append(time(cue.start())).append(" --> ").append(time(cue.end()));
            if (!cue.settings().isEmpty()) {
                text.append(' ').append(cue.settings());
            }
            text.append('\n').append(cue.text().vtt()).append('\n');
        }
        return text.toString();
    }

    private static String time(Duration at) {
        return "%02d:%02d:%02d.%03d".formatted(at.toHours(), at.toMinutesPart(), at.toSecondsPart(), at.toMillisPart());
    }
}
