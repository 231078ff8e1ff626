package io.regie.core.access;

import java.util.Optional;

/** What a personal API token may be used for. A session has {@link #EVERYTHING}. */
public enum Scope {
    EVERYTHING("*"),
    MEDIA_READ("media:read"),
    MEDIA_WRITE("media:write"),
    JOBS("jobs"),
    ADMIN("admin");

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    /** As written in the API. */
    public String word() {
        return word;
    }

    public static Optional<Scope> find(String word) {
        for (Scope scope : values()) {
            if (scope.word.equals(word)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }
}
