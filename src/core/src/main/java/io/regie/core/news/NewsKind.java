package io.regie.core.news;

import java.util.Locale;
import java.util.Optional;

/** What a post is, which decides where it stands. */
public enum NewsKind {
    /** One of many, the newest first. */
    NEWS_POST,
    /** A text the editors put forward. */
    EDITORIAL;

    /** As written in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<NewsKind> find(String word) {
        for (NewsKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
