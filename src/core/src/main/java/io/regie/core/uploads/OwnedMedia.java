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

    /**
     * Checks before anything is sent that the caller may add a file to those that go with an article.
     *
     * @throws io.regie.core.problem.ProblemException when the caller may not, or there are enough
     */
    void requireRoomForAnnex(Caller caller, UUID article);

    /** The most bytes that such a file may have. */
    long largestAnnex();

    /** Of all originals of this owner, and of the files that go with them. */
    long bytes(UUID owner);
}
