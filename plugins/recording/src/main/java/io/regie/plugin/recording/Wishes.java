package io.regie.plugin.recording;

import io.regie.ffmpeg.RecordingFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a stream is to be recorded.
 *
 * @param longest zero for no limit
 * @param part zero for one file
 * @param floor share of the disk that must stay free
 * @param watchable whether people may watch meanwhile
 */
record Wishes(RecordingFormat format, Duration longest, Duration part, double floor, boolean watchable) {

    /** What the parameter may be, the usual one first. */
    static final List<String> CONTAINERS = List.of("mp4", "mkv");

    static Wishes of(Map<String, Object> parameters) {
        return new Wishes(
                parameters.getOrDefault("container", "mp4").equals("mkv") ? RecordingFormat.MKV : RecordingFormat.MP4,
                duration(parameters.getOrDefault("maxDuration", 0.0)),
                duration(parameters.getOrDefault("partDuration", 600.0)),
                ((Number) parameters.getOrDefault("floor", 5.0)).doubleValue() / 100,
                (Boolean) parameters.getOrDefault("watchable", true));
    }

    private static Duration duration(Object seconds) {
        return Duration.ofMillis(Math.round(((Number) seconds).doubleValue() * 1000));
    }
}
