package io.regie.core.web;

import java.util.Optional;
import java.util.UUID;

/** Ids as they stand in addresses. */
public final class Ids {

    private Ids() {}

    /** Strict: {@link UUID#fromString} would also take {@code 1-1-1-1-1}. */
    public static Optional<UUID> parse(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
