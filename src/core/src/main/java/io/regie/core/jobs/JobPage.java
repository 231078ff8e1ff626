package io.regie.core.jobs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Jobs, newest first.
 *
 * @param next the cursor of the next page, null on the last one
 */
public record JobPage(List<JobView> items, @Nullable String next) {
    public JobPage {
        items = List.copyOf(items);
    }
}
