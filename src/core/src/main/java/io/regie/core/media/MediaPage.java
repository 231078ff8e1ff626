package io.regie.core.media;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param nextCursor where the next one begins, null at the end
 * @param total only when it was asked for
 */
public record MediaPage(
        List<MediaView> items,
        @Nullable String nextCursor,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Total total) {

    /**
     * How many there are.
     *
     * @param more whether counting ended before the articles did
     */
    public record Total(int count, boolean more) {}

    MediaPage with(Total counted) {
        return new MediaPage(items, nextCursor, counted);
    }
}
