package io.regie.core.media;

import java.util.Optional;
import java.util.UUID;

/** Ids as they stand in addresses. */
final class ArticleIds {

    private ArticleIds() {}

    /** Strict: {@link UUID#fromString} would also take {@code 1-1-1-1-1}. */
    static Optional<UUID> parse(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
