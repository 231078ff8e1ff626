package io.regie.core.media;

import io.regie.core.access.Caller;
import io.regie.core.access.Visibility;
import io.regie.core.media.MediaQuery.Reach;
import io.regie.core.media.MediaQuery.Sort;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.web.Ids;
import io.regie.spi.MediaKind;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list's address. Names and words are closed sets: what is not one of them is refused, not ignored, because a
 * mistyped filter would otherwise show everything. What is empty, as an untouched field of a form, does not narrow.
 */
public final class MediaQueryWords {

    public static final String WORDS = "q";
    public static final String KIND = "kind";
    public static final String STATE = "state";
    public static final String VISIBILITY = "visibility";
    public static final String PUBLICATION = "publication";
    public static final String TAG = "tag";
    public static final String OWNER = "owner";
    public static final String FROM = "from";
    public static final String TO = "to";
    public static final String CATEGORY = "category";
    public static final String SORT = "sort";
    public static final String CURSOR = "cursor";

    private static final String SCOPE = "scope";
    private static final String LIMIT = "limit";
    private static final Set<String> NAMES = Set.of(
            WORDS, KIND, STATE, VISIBILITY, PUBLICATION, TAG, OWNER, FROM, TO, CATEGORY, SORT, CURSOR, SCOPE, LIMIT);
    private static final int LONGEST_WORDS = 200;
    private static final int LONGEST = 1000;

    private final Map<String, List<String>> given;

    private MediaQueryWords(Map<String, List<String>> given) {
        this.given = given;
    }

    /** @param others names that mean something else to whoever asks */
    public static MediaQuery parse(
            Map<String, List<String>> given, Caller caller, Reach reach, int limit, Set<String> others) {
        for (Map.Entry<String, List<String>> parameter : given.entrySet()) {
            if (!NAMES.contains(parameter.getKey()) && !others.contains(parameter.getKey())) {
                throw new ProblemException(ProblemType.BAD_REQUEST, "media-filter-unknown", parameter.getKey());
            }
            if (parameter.getValue().size() > 1) {
                throw new ProblemException(ProblemType.BAD_REQUEST, "media-filter-twice", parameter.getKey());
            }
        }
        return new MediaQueryWords(given).read(caller, reach, limit);
    }

    /** The constant with this lower-case name. */
    public static <E extends Enum<E>> E parse(Class<E> type, String word) {
        for (E constant : type.getEnumConstants()) {
            if (Views.lower(constant).equals(word)) {
                return constant;
            }
        }
        throw unknown(word);
    }

    private MediaQuery read(Caller caller, Reach reach, int limit) {
        String words = find(WORDS);
        MediaFilter filter = new MediaFilter(
                words == null ? null : words.substring(0, Math.min(words.length(), LONGEST_WORDS)),
                find(KIND, MediaKind.class),
                find(STATE, ArticleState.class),
                find(VISIBILITY, Visibility.class),
                find(PUBLICATION, Publication.class),
                find(TAG),
                owner(caller),
                day(FROM),
                day(TO),
                category());
        Sort sort = find(SORT, Sort.class);
        Reach wanted = find(SCOPE, Reach.class);
        return new MediaQuery(
                filter,
                sort == null ? Sort.NEWEST : sort,
                wanted == null ? reach : wanted,
                number(limit),
                find(CURSOR));
    }

    private @Nullable UUID owner(Caller caller) {
        String word = find(OWNER);
        if (word == null) {
            return null;
        }
        if (!word.equals("me")) {
            return Ids.parse(word).orElseThrow(() -> unknown(word));
        }
        if (caller.account() == null) {
            throw new ProblemException(ProblemType.UNAUTHENTICATED, "unauthenticated");
        }
        return caller.account();
    }

    private @Nullable UUID category() {
        String word = find(CATEGORY);
        return word == null ? null : Ids.parse(word).orElseThrow(() -> unknown(word));
    }

    private @Nullable LocalDate day(String name) {
        String word = find(name);
        if (word == null) {
            return null;
        }
        // Years that a database knows.
        if (!word.matches("[12][0-9]{3}-[0-9]{2}-[0-9]{2}")) {
            throw unknown(word);
        }
        try {
            return LocalDate.parse(word);
        } catch (DateTimeParseException e) {
            throw unknown(word);
        }
    }

    private int number(int fallback) {
        String word = find(LIMIT);
        if (word == null) {
            return fallback;
        }
        if (!word.matches("[0-9]{1,6}")) {
            throw unknown(word);
        }
        return Integer.parseInt(word);
    }

    private <E extends Enum<E>> @Nullable E find(String name, Class<E> type) {
        String word = find(name);
        return word == null ? null : parse(type, word);
    }

    private @Nullable String find(String name) {
        List<String> values = given.getOrDefault(name, List.of());
        String value = values.isEmpty() ? "" : values.get(0).strip();
        if (value.length() > LONGEST) {
            throw unknown(value.substring(0, 40));
        }
        return value.isEmpty() ? null : value;
    }

    private static ProblemException unknown(String word) {
        return new ProblemException(ProblemType.BAD_REQUEST, "media-word-unknown", word);
    }
}
