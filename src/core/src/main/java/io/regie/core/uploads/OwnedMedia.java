package io.regie.core.uploads;

import java.util.Optional;
import java.util.UUID;

/** What uploads ask about the articles that became of earlier ones. Implemented above, by whoever has the articles. */
public interface OwnedMedia {

    /** An article of this owner whose original has this hash. Others' articles are nobody's business. */
    Optional<UUID> findByOriginal(UUID owner, String sha256);

    /** An article of this owner whose original had this name and size, and so is likely the same. */
    Optional<UUID> findByName(UUID owner, String filename, long bytes);

    /** Bytes of all originals of this owner. */
    long originalBytes(UUID owner);
}
