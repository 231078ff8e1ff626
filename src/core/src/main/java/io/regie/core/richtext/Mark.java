package io.regie.core.richtext;

import java.util.Optional;

/** How a piece of text may be marked, outermost first; a link is kept beside these because it has an address. */
enum Mark {
    BOLD("bold", "strong"),
    ITALIC("italic", "em"),
    STRIKE("strike", "s"),
    CODE("code", "code");

    private final String word;
    private final String element;

    Mark(String word, String element) {
        this.word = word;
        this.element = element;
    }

    String word() {
        return word;
    }

    String element() {
        return element;
    }

    static Optional<Mark> find(String word) {
        for (Mark mark : values()) {
            if (mark.word.equals(word)) {
                return Optional.of(mark);
            }
        }
        return Optional.empty();
    }
}
