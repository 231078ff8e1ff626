package io.regie.core.media;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** A job whose end decides whether an article is ready. */
@Entity
class EssentialJob {

    @Id
    UUID job;

    UUID article;
    boolean ended;
}
