package io.regie.core.media;

import io.regie.core.access.Visibility;
import io.regie.spi.MediaKind;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a list is narrowed to. Null does not narrow.
 *
 * @param words that begin words of title, tags or file name; all of them
 * @param from the first day of creation, in UTC like every stored time
 * @param to the last one
 * @param category in which, or in one below which, they are
 */
public record MediaFilter(
        @Nullable String words,
        @Nullable MediaKind kind,
        @Nullable ArticleState state,
        @Nullable Visibility visibility,
        @Nullable Publication publication,
        @Nullable String tag,
        @Nullable UUID owner,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable UUID category) {

    public static final MediaFilter NONE = new MediaFilter(null, null, null, null, null, null, null, null, null, null);

    public static MediaFilter words(@Nullable String words) {
        return new MediaFilter(words, null, null, null, null, null, null, null, null, null);
    }

    public static MediaFilter category(UUID category) {
        return new MediaFilter(null, null, null, null, null, null, null, null, null, category);
    }
}
