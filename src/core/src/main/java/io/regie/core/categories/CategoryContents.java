package io.regie.core.categories;

import io.regie.core.access.Caller;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Knows what is in the categories. */
public interface CategoryContents {

    /**
     * How much of what the caller finds in lists is in a category or one below it, each counted once.
     *
     * @param only the category to count for, null for all of them
     * @return nothing for categories where there is nothing
     */
    Map<UUID, Integer> count(Caller caller, @Nullable UUID only);
}
