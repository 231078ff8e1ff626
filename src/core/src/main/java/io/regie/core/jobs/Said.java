package io.regie.core.jobs;

import io.regie.core.problem.Sentences;
import java.util.List;
import java.util.Locale;

/** Our own sentences in job rows: English, as the plugins' are; the reason code lets a page say it in its language. */
final class Said {
    private Said() {}

    static String of(String key, Object... arguments) {
        return Sentences.of(Locale.ENGLISH, key, List.of(arguments));
    }
}
