package io.regie.core.media;

import io.regie.core.captions.Captions;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** What is said in an article's media, in one language. */
@Entity
class CaptionTrack {

    enum Kind {
        /** For whoever does not hear: sounds are described too. */
        CAPTIONS,
        /** For whoever does not know the language. */
        SUBTITLES
    }

    @Id
    UUID id;

    UUID article;

    @Enumerated(EnumType.STRING)
    Kind kind;

    /** BCP 47. */
    String language;

    String label;
    /** Shown to whoever has chosen nothing; one of an article at most. */
    boolean standard;

    @Convert(converter = Text.class)
    Captions cues;

    int cueCount;
    /** Counts edits by people: the entity tag that {@code If-Match} names. */
    long revision;

    Instant createdAt;
    Instant updatedAt;

    void say(Captions captions) {
        cues = captions;
        cueCount = captions.cues().size();
    }

    /** WebVTT that we wrote. */
    @Converter
    static class Text implements AttributeConverter<Captions, String> {

        @Override
        public String convertToDatabaseColumn(Captions captions) {
            return captions.vtt();
        }

        @Override
        public Captions convertToEntityAttribute(String vtt) {
            return Captions.stored(vtt);
        }
    }
}
