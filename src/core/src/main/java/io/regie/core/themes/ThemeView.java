package io.regie.core.themes;

import java.time.Instant;
import java.util.List;

/**
 * A theme as administrators see it.
 *
 * @param problems why it cannot be used
 * @param failures what went wrong while pages were made
 */
public record ThemeView(
        String name, String title, String version, boolean active, List<String> problems, List<Failure> failures) {

    /** @param sentence for people */
    public record Failure(String template, String sentence, Instant firstSeen, Instant lastSeen) {}
}
