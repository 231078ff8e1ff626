package io.regie.core.captions;

import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Where a cue stands, reduced to what WebVTT defines and we want; regions are none of it. */
final class CueSettings {

    private static final String PERCENT = "(100|[0-9]{1,2})(\\.[0-9]{1,3})?%";
    private static final Pattern KNOWN = Pattern.compile("vertical:(rl|lr)|line:(-?[0-9]{1,3}|" + PERCENT
            + ")(,(start|center|end))?|position:" + PERCENT + "(,(line-left|center|line-right))?|size:" + PERCENT
            + "|align:(start|center|end|left|right)");

    private CueSettings() {}

    static String known(String settings) {
        StringJoiner kept = new StringJoiner(" ");
        for (String setting : settings.strip().split("\\s+")) {
            if (KNOWN.matcher(setting).matches()) {
                kept.add(setting);
            }
        }
        return kept.toString();
    }
}
