package io.regie.core.media;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.regie.core.richtext.RichDocument;
import io.regie.spi.MediaInfo;
import io.regie.spi.Storyboard;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Facts that are read whole and never queried, as JSON text. */
final class JsonColumns {

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            // A later version may have written more than this one knows.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private JsonColumns() {}

    /** What the probe found. */
    @Converter
    static class Info implements AttributeConverter<@Nullable MediaInfo, @Nullable String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable MediaInfo info) {
            return write(info);
        }

        @Override
        public @Nullable MediaInfo convertToEntityAttribute(@Nullable String text) {
            return read(text, MediaInfo.class);
        }
    }

    /** Where the tiles of a sprite sheet are. */
    @Converter
    static class Tiles implements AttributeConverter<@Nullable Storyboard, @Nullable String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable Storyboard storyboard) {
            return write(storyboard);
        }

        @Override
        public @Nullable Storyboard convertToEntityAttribute(@Nullable String text) {
            return read(text, Storyboard.class);
        }
    }

    /** Where parts begin. */
    @Converter
    static class ChaptersColumn implements AttributeConverter<List<Chapter>, String> {
        @Override
        public String convertToDatabaseColumn(List<Chapter> chapters) {
            return Objects.requireNonNull(write(chapters));
        }

        @Override
        public List<Chapter> convertToEntityAttribute(String text) {
            return List.of(Objects.requireNonNull(read(text, Chapter[].class)));
        }
    }

    /** Who made it. */
    @Converter
    static class CreditsColumn implements AttributeConverter<List<Credit>, String> {
        @Override
        public String convertToDatabaseColumn(List<Credit> credits) {
            return Objects.requireNonNull(write(credits));
        }

        @Override
        public List<Credit> convertToEntityAttribute(String text) {
            return List.of(Objects.requireNonNull(read(text, Credit[].class)));
        }
    }

    /** What people write about an article. */
    @Converter
    static class Description implements AttributeConverter<@Nullable RichDocument, @Nullable String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable RichDocument description) {
            return description == null ? null : description.toString();
        }

        @Override
        public @Nullable RichDocument convertToEntityAttribute(@Nullable String text) {
            return text == null ? null : RichDocument.stored(text);
        }
    }

    private static @Nullable String write(@Nullable Object value) {
        try {
            return value == null ? null : JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> @Nullable T read(@Nullable String text, Class<T> type) {
        try {
            return text == null ? null : JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Unreadable " + type.getSimpleName() + " column", e);
        }
    }
}
