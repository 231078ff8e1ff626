package io.regie.core.news;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor where the next part begins, null at the end
 */
public record NewsPage(List<NewsView> items, @Nullable String nextCursor) {
    public NewsPage {
        items = List.copyOf(items);
    }
}
