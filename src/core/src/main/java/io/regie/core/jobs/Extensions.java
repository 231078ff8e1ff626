package io.regie.core.jobs;

import java.util.Map;

/** How stored outputs end, by media type. */
final class Extensions {
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("video/mp4", "mp4"),
            Map.entry("audio/mp4", "m4a"),
            Map.entry("video/webm", "webm"),
            Map.entry("audio/webm", "webm"),
            Map.entry("video/x-matroska", "mkv"),
            Map.entry("video/mp2t", "ts"),
            Map.entry("audio/mpeg", "mp3"),
            Map.entry("audio/ogg", "ogg"),
            Map.entry("audio/flac", "flac"),
            Map.entry("audio/wav", "wav"),
            Map.entry("image/jpeg", "jpg"),
            Map.entry("image/png", "png"),
            Map.entry("image/webp", "webp"),
            Map.entry("image/avif", "avif"),
            Map.entry("image/gif", "gif"),
            Map.entry("text/vtt", "vtt"));

    private Extensions() {}

    static String of(String mediaType) {
        return KNOWN.getOrDefault(mediaType, "bin");
    }
}
