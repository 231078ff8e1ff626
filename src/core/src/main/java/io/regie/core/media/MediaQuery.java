package io.regie.core.media;

import org.jspecify.annotations.Nullable;

/**
 * Which articles to list.
 *
 * @param cursor of the page before, null for the first
 */
public record MediaQuery(MediaFilter filter, Sort sort, Reach reach, int limit, @Nullable String cursor) {

    public static final int MAX_LIMIT = 100;

    /** What comes first. */
    public enum Sort {
        NEWEST,
        OLDEST,
        CHANGED,
        TITLE,
        LONGEST,
        LARGEST
    }

    /** Whose articles. */
    public enum Reach {
        /** What the site lists, and what the caller makes. */
        VISIBLE,
        /** What the caller may change. */
        EDITABLE
    }

    public static MediaQuery latest(int limit) {
        return newest(null, limit, null);
    }

    public static MediaQuery newest(@Nullable String words, int limit, @Nullable String cursor) {
        return new MediaQuery(MediaFilter.words(words), Sort.NEWEST, Reach.VISIBLE, limit, cursor);
    }
}
