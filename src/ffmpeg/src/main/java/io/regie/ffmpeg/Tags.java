package io.regie.ffmpeg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_iterate;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.jspecify.annotations.Nullable;

/** Embedded metadata as text that is safe to store: bounded, without control characters, without places. */
final class Tags {

    private static final int MAX_TAGS = 64;
    private static final int MAX_KEY = 64;
    private static final int MAX_VALUE = 2000;

    /** About the container, not about what it holds. */
    private static final Set<String> TECHNICAL = Set.of(
            "major_brand",
            "minor_version",
            "compatible_brands",
            "encoder",
            "handler_name",
            "vendor_id",
            "duration",
            "_statistics_writing_app",
            "_statistics_writing_date_utc",
            "_statistics_tags");

    private Tags() {}

    /** The file's own tags, and where a format keeps them with the sound (Ogg), those. */
    static Map<String, String> of(MediaInput input) {
        Map<String, String> tags = new LinkedHashMap<>(of(input.context().metadata()));
        for (int i = 0; i < input.streamCount(); i++) {
            AVStream stream = input.stream(i);
            if (stream.codecpar().codec_type() == AVMEDIA_TYPE_AUDIO
                    && input.format().equals("ogg")) {
                of(stream.metadata()).forEach(tags::putIfAbsent);
            }
        }
        tags.remove("language");
        return tags;
    }

    static Map<String, String> of(@Nullable AVDictionary dictionary) {
        Map<String, String> tags = new LinkedHashMap<>();
        if (dictionary == null || dictionary.isNull()) {
            return tags;
        }
        AVDictionaryEntry entry = null;
        while (tags.size() < MAX_TAGS && (entry = av_dict_iterate(dictionary, entry)) != null) {
            String key = clean(entry.key().getString(UTF_8), MAX_KEY).toLowerCase(Locale.ROOT);
            String value = clean(entry.value().getString(UTF_8), MAX_VALUE);
            if (!key.isEmpty() && !value.isEmpty() && !TECHNICAL.contains(key) && !isPlace(key)) {
                tags.putIfAbsent(key, value);
            }
        }
        return tags;
    }

    /** Where a phone was is nobody's business. */
    private static boolean isPlace(String key) {
        return key.contains("location") || key.contains("gps");
    }

    static String clean(String text, int maxLength) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isWhitespace(c) ? ' ' : c)
                .filter(c ->
                        !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE && !isSteering(c))
                .limit(maxLength)
                .forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }

    /** Invisible marks that turn the direction of the text around them. */
    private static boolean isSteering(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }
}
