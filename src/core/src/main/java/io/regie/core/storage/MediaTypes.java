package io.regie.core.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The media types that Regie stores and serves, with the one extension each gets. */
public final class MediaTypes {

    public static final String UNKNOWN = "application/octet-stream";

    private static final Map<String, String> TYPE_OF_EXTENSION = table();

    /** Decoded by browsers without running anything; all else is offered as a download. */
    private static final Set<String> INLINE = Set.of(
            "video/mp4",
            "video/webm",
            "audio/mp4",
            "audio/mpeg",
            "audio/aac",
            "audio/flac",
            "audio/wav",
            "audio/ogg",
            "video/ogg",
            "image/jpeg",
            "image/png",
            "image/webp",
            "image/gif",
            "image/avif",
            "text/vtt",
            "application/vnd.apple.mpegurl",
            "application/dash+xml");

    private MediaTypes() {}

    /** The type that a file of this extension is served as. */
    public static String ofExtension(String extension) {
        return TYPE_OF_EXTENSION.getOrDefault(extension, UNKNOWN);
    }

    /** The type that belongs to the end of a storage key or of any name. */
    public static String ofName(String name) {
        return ofExtension(name.substring(name.lastIndexOf('.') + 1));
    }

    /** The extension that a stored file of this type gets; parameters such as {@code codecs} do not matter. */
    public static Optional<String> extension(String mediaType) {
        String bare = bare(mediaType);
        return TYPE_OF_EXTENSION.entrySet().stream()
                .filter(entry -> entry.getValue().equals(bare))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether a browser may show it in place instead of saving it. */
    public static boolean inline(String mediaType) {
        return INLINE.contains(bare(mediaType));
    }

    private static String bare(String mediaType) {
        int semicolon = mediaType.indexOf(';');
        return (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon)).strip();
    }

    /** Where a type has several extensions, the first is the one we give. */
    private static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        table.put("mp4", "video/mp4");
        table.put("m4s", "video/mp4");
        table.put("mov", "video/quicktime");
        table.put("mkv", "video/x-matroska");
        table.put("webm", "video/webm");
        table.put("ts", "video/mp2t");
        table.put("mpg", "video/mpeg");
        table.put("avi", "video/x-msvideo");
        table.put("flv", "video/x-flv");
        table.put("asf", "video/x-ms-asf");
        table.put("ogv", "video/ogg");
        table.put("m4a", "audio/mp4");
        table.put("mp3", "audio/mpeg");
        table.put("aac", "audio/aac");
        table.put("flac", "audio/flac");
        table.put("wav", "audio/wav");
        table.put("aiff", "audio/aiff");
        table.put("ogg", "audio/ogg");
        table.put("opus", "audio/ogg");
        table.put("jpg", "image/jpeg");
        table.put("jpeg", "image/jpeg");
        table.put("png", "image/png");
        table.put("webp", "image/webp");
        table.put("gif", "image/gif");
        table.put("avif", "image/avif");
        table.put("heic", "image/heic");
        table.put("tiff", "image/tiff");
        table.put("svg", "image/svg+xml");
        table.put("pdf", "application/pdf");
        table.put("vtt", "text/vtt");
        table.put("m3u8", "application/vnd.apple.mpegurl");
        table.put("mpd", "application/dash+xml");
        return table;
    }
}
