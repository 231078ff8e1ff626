package io.regie.core.media;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** An article that a job works on besides the one that it is about: what the job makes is made from both. */
@Entity
class MediaSource {

    @Id
    UUID id;

    UUID job;
    UUID source;
    int position;
}
