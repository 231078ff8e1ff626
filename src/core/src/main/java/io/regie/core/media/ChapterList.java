package io.regie.core.media;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The chapters of an article, in the order of their starts. */
@Entity
class ChapterList {

    @Id
    UUID article;

    @Convert(converter = JsonColumns.ChaptersColumn.class)
    List<Chapter> chapters;

    /** Counts edits by people: the entity tag that {@code If-Match} names. */
    long revision;

    Instant updatedAt;
}
