package io.regie.core.studio;

import java.util.Locale;
import java.util.Optional;

/** Whether the studio is light or dark. */
public enum Theme {
    AUTO,
    LIGHT,
    DARK;

    /** Remembers the choice; it holds nothing else, so the switch may write it from a script. */
    static final String COOKIE = "regie-theme";

    /** As written in the cookie and in the page. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Theme> find(String word) {
        for (Theme theme : values()) {
            if (theme.word().equals(word)) {
                return Optional.of(theme);
            }
        }
        return Optional.empty();
    }
}
