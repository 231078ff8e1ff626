package io.regie.core.media;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tags out of what people type. */
final class Tags {

    static final int MOST = 30;
    static final int LONGEST = 50;

    private Tags() {}

    /** Commas separate tags wherever they are typed. Each once, in the order they came; what is empty is left out. */
    static Map<String, Tag> parse(Collection<String> typed) {
        Map<String, Tag> found = new LinkedHashMap<>();
        for (String text : typed) {
            for (String name : text.split("[,،、，]")) {
                Titles.clean(name).ifPresent(clean -> {
                    if (clean.codePointCount(0, clean.length()) > LONGEST) {
                        throw new ProblemException(ProblemType.BAD_REQUEST, "media-tag-too-long", LONGEST);
                    }
                    found.putIfAbsent(key(clean), new Tag(key(clean), clean));
                });
            }
        }
        return found;
    }

    /** What a filter names; empty when nothing can be called so. */
    static Optional<String> findKey(String typed) {
        return Titles.clean(typed).map(Tags::key);
    }

    static void refuseTooMany(Collection<Tag> tags) {
        if (tags.size() > MOST) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "media-too-many-tags", MOST);
        }
    }

    /** Accents stay: they make other words. */
    private static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
