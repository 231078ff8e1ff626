package io.regie.core.media;

import io.regie.core.access.Action;
import io.regie.core.access.Authorization;
import io.regie.core.access.Caller;
import io.regie.core.access.Guarded;
import io.regie.core.access.Visibility;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The gate in front of everything about an article.
 *
 * @param publishedAt null for a draft, in the future for a scheduled article
 * @param trashedAt hidden from everybody since; null for most
 */
record Gate(UUID owner, Visibility visibility, @Nullable Instant publishedAt, @Nullable Instant trashedAt) {

    /** What lies in the trash is there for nobody. */
    boolean allows(Action action, Caller caller, Instant now) {
        return trashedAt == null && Authorization.may(caller, action, guarded(now));
    }

    /** What is not published yet is private, whoever may see it later: the one rule for every page, list and byte. */
    Guarded guarded(Instant now) {
        return new Guarded(owner, publication(now) == Publication.PUBLISHED ? visibility : Visibility.PRIVATE);
    }

    Publication publication(Instant now) {
        if (publishedAt == null) {
            return Publication.DRAFT;
        }
        return publishedAt.isAfter(now) ? Publication.SCHEDULED : Publication.PUBLISHED;
    }
}
