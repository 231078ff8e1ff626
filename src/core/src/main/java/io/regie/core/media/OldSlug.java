package io.regie.core.media;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** A slug that an article had. */
@Entity
class OldSlug {

    @Id
    String slug;

    UUID article;
    Instant since;
}
