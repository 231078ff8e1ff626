package io.regie.core.media;

import io.regie.core.access.Guarded;
import io.regie.core.access.Visibility;
import io.regie.spi.MediaInfo;
import io.regie.spi.MediaKind;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The page about one piece of media. Rows are locked before they change: several jobs report on one at a time. */
@Entity
class MediaArticle {

    @Id
    UUID id;

    UUID owner;
    String slug;
    String title;
    /** Whether a person chose the title; otherwise the probe may still find a better one. */
    boolean titleChosen;

    @Enumerated(EnumType.STRING)
    MediaKind kind;

    @Enumerated(EnumType.STRING)
    Visibility visibility;

    @Enumerated(EnumType.STRING)
    ArticleState state;

    boolean playable;

    @Nullable
    String failureReason;

    @Nullable
    String failure;

    String locale;
    UUID translationGroup;

    @Nullable
    UUID upload;
    /** The article whose job made this one. */
    @Nullable
    UUID madeFrom;

    String filename;
    String mediaType;
    /** Null once a refused original was deleted. */
    @Nullable
    String originalKey;

    long originalBytes;
    String originalSha256;

    @Convert(converter = JsonColumns.Info.class)
    @Nullable
    MediaInfo originalInfo;

    /** Counts edits by people: the entity tag that {@code If-Match} names. */
    long revision;
    /** Counts every change, for event hints. */
    long version;

    Instant createdAt;
    Instant updatedAt;

    Guarded guarded() {
        return new Guarded(owner, visibility);
    }
}
