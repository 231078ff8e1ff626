package io.regie.core.media;

import io.regie.core.problem.ProblemException;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The languages that media may be in: those that have a code of two letters, with a region or script where it matters. */
public final class ContentLanguages {

    private static final int LONGEST = 35;
    private static final Set<String> KNOWN = Set.of(Locale.getISOLanguages());

    private ContentLanguages() {}

    /** The codes to choose from. */
    public static List<String> known() {
        return KNOWN.stream().sorted().toList();
    }

    static String require(String tag) {
        try {
            Locale locale = new Locale.Builder().setLanguageTag(tag).build();
            if (tag.length() <= LONGEST && KNOWN.contains(locale.getLanguage())) {
                return locale.toLanguageTag();
            }
        } catch (IllformedLocaleException e) {
            // Said below.
        }
        throw ProblemException.invalidField("language", "media-language-unknown");
    }
}
