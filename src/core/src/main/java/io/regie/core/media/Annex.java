package io.regie.core.media;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A file that goes with an article, whatever it is: nothing here looks into it, it is only handed out. */
@Entity
@Table(name = "media_annex")
class Annex {

    /** Of the upload that brought it. */
    @Id
    UUID id;

    UUID article;
    int position;
    String title;
    String filename;
    String mediaType;
    String storageKey;
    String sha256;
    long bytes;
    Instant createdAt;
}
