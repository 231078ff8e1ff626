package io.regie.core.uploads;

import io.regie.core.access.Visibility;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.web.Ids;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a client says about its file. All of it labels: neither a path nor a type ever follows from it.
 *
 * @param header as it came, with what only the client understands
 */
record UploadMetadata(
        @Nullable String header, String filename, @Nullable String title, Optional<Visibility> visibility) {

    static final int MAX_KEYS = 32;
    static final int MAX_FILENAME = 255;
    static final int MAX_TITLE = 300;

    private static final String NAMELESS = "untitled";

    /**
     * @param header {@code Upload-Metadata}: pairs of a key and a Base64 value, separated by commas
     * @throws ProblemException when it is malformed or too much
     */
    static UploadMetadata parse(@Nullable String header) {
        Map<String, String> values = pairs(header);
        String filename = label(values.getOrDefault("filename", ""));
        String title = label(values.getOrDefault("title", ""));
        if (length(filename) > MAX_FILENAME || length(title) > MAX_TITLE) {
            throw bad("uploads.metadata-too-long");
        }
        return new UploadMetadata(
                header,
                filename.isEmpty() ? NAMELESS : filename,
                title.isEmpty() ? null : title,
                Optional.ofNullable(values.get("visibility")).map(UploadMetadata::visibility));
    }

    /** What the client said about when its file was changed. @param header one that was parsed before */
    static @Nullable String modified(@Nullable String header) {
        return pairs(header).get("modified");
    }

    /** Under which licence the client says its file is, if it does. @param header one that was parsed before */
    static @Nullable String licence(@Nullable String header) {
        return pairs(header).get("licence");
    }

    /**
     * The article that is to have this file instead of its own, if the client names one.
     *
     * @param header one that was parsed before
     */
    static Optional<UUID> replaces(@Nullable String header) {
        return article(header, "replaces");
    }

    /**
     * The article that this file is to go with, if the client names one: then it becomes no media.
     *
     * @param header one that was parsed before
     */
    static Optional<UUID> annexOf(@Nullable String header) {
        return article(header, "annex-of");
    }

    private static Optional<UUID> article(@Nullable String header, String key) {
        String id = pairs(header).get(key);
        if (id == null) {
            return Optional.empty();
        }
        return Optional.of(Ids.parse(id).orElseThrow(() -> bad("uploads.metadata-malformed")));
    }

    private static Map<String, String> pairs(@Nullable String header) {
        Map<String, String> values = new HashMap<>();
        if (header == null || header.isBlank()) {
            return values;
        }
        String[] pairs = header.split(",", MAX_KEYS + 1);
        if (pairs.length > MAX_KEYS) {
            throw bad("uploads.metadata-too-long");
        }
        for (String pair : pairs) {
            String[] parts = pair.strip().split(" ", -1);
            if (parts[0].isEmpty() || parts.length > 2) {
                throw bad("uploads.metadata-malformed");
            }
            String value = parts.length == 1 ? "" : decode(parts[1]);
            if (values.put(parts[0], value) != null) {
                throw bad("uploads.metadata-malformed");
            }
        }
        return values;
    }

    private static String decode(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw bad("uploads.metadata-malformed");
        }
    }

    /** One line that PostgreSQL, logs and terminals can take: no control characters, no lone line ends. */
    private static String label(String value) {
        return value.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ").strip();
    }

    private static int length(String value) {
        return value.codePointCount(0, value.length());
    }

    private static Visibility visibility(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "public" -> Visibility.PUBLIC;
            case "unlisted" -> Visibility.UNLISTED;
            case "private" -> Visibility.PRIVATE;
            default -> throw bad("uploads.visibility-unknown");
        };
    }

    private static ProblemException bad(String key) {
        return new ProblemException(ProblemType.BAD_REQUEST, key);
    }
}
