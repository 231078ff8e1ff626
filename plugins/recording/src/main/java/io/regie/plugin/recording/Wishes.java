package io.regie.plugin.recording;

import java.time.Duration;
import java.util.Map;

/**
 * How a stream is to be recorded.
 *
 * @param longest zero for no limit
 * @param part zero for one file
 * @param floor share of the disk that must stay free
 * @param watchable whether people may watch meanwhile
 */
record Wishes(Duration longest, Duration part, double floor, boolean watchable) {

    static Wishes of(Map<String, Object> parameters) {
        return new Wishes(
                duration(parameters.getOrDefault("maxDuration", 0.0)),
                duration(parameters.getOrDefault("partDuration", 600.0)),
                ((Number) parameters.getOrDefault("floor", 5.0)).doubleValue() / 100,
                (Boolean) parameters.getOrDefault("watchable", true));
    }

    private static Duration duration(Object seconds) {
        return Duration.ofMillis(Math.round(((Number) seconds).doubleValue() * 1000));
    }
}
