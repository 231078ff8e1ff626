package io.regie.core.media;

import io.regie.spi.OutputRole;
import io.regie.spi.Storyboard;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A file kept with an article: poster, storyboard, download. */
@Entity
class Attachment {

    @Id
    UUID id;

    UUID article;
    /** Null when a person chose it. */
    @Nullable
    UUID job;
    /** Whether it stays above what jobs make. */
    boolean chosen;

    @Enumerated(EnumType.STRING)
    OutputRole role;

    String name;
    String mediaType;
    String storageKey;
    String sha256;
    long bytes;
    int width;
    int height;

    @Convert(converter = JsonColumns.Tiles.class)
    @Nullable
    Storyboard storyboard;

    Instant createdAt;

    @Nullable
    Instant retiredAt;
}
