package io.regie.core.uploads;

import io.regie.core.access.Caller;
import java.util.Optional;
import java.util.UUID;

/** What uploads ask about the articles that became of earlier ones. Implemented above, by whoever has the articles. */
public interface OwnedMedia {

    /** An article of this owner whose original has this hash. Others' articles are nobody's business. */
    Optional<UUID> findByOriginal(UUID owner, String sha256);

    /** An article of this owner whose original had this name and size, and so is likely the same. */
    Optional<UUID> findByName(UUID owner, String filename, long bytes);

    /**
     * Checks before anything is sent that the caller may give an article another file.
     *
     * @throws io.regie.core.problem.ProblemException when the caller may not, or it cannot have one
     */
    void requireReplaceable(Caller caller, UUID article);

    /** Bytes of all originals of this owner. */
    long originalBytes(UUID owner);
}
