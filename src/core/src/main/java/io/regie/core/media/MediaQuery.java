package io.regie.core.media;

import io.regie.spi.MediaKind;
import org.jspecify.annotations.Nullable;

/**
 * Which articles to list.
 *
 * @param words to find in titles, null for all
 * @param cursor of the page before, null for the first
 */
public record MediaQuery(int limit, @Nullable String cursor, @Nullable String words, @Nullable MediaKind kind) {

    public static final int MAX_LIMIT = 100;

    public static MediaQuery latest(int limit) {
        return new MediaQuery(limit, null, null, null);
    }
}
