package io.regie.core.live;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a live stream. What is null stays as it is.
 *
 * @param url whole; never shown again
 * @param username beside the address, or in it
 * @param options by name; a secret one that is not named stays as it is
 * @param maxSeconds after which a recording stops by itself; 0 for never
 * @param keepDays for how many days recordings are kept; 0 for ever, -1 as the site says
 * @param schedules all of them
 */
public record LiveDraft(
        @Nullable String name,
        @Nullable String url,
        @Nullable String username,
        @Nullable String password,
        @Nullable Map<String, String> options,
        @Nullable Long maxSeconds,
        @Nullable Integer keepDays,
        @Nullable List<ScheduleDraft> schedules) {

    /** Nobody prints what may hold a password. */
    @Override
    public String toString() {
        return "LiveDraft[" + name + "]";
    }
}
