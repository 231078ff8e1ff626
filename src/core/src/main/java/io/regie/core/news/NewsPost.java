package io.regie.core.news;

import io.regie.core.access.Guarded;
import io.regie.core.access.Visibility;
import io.regie.core.pictures.Picture;
import io.regie.core.richtext.RichDocument;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row.
 *
 * @param text null for none
 * @param publishedAt null for a draft, in the future for what is scheduled
 * @param pictures the illustration in its sizes, the largest first
 */
record NewsPost(
        UUID id,
        NewsKind kind,
        String slug,
        String title,
        @Nullable RichDocument text,
        @Nullable Instant publishedAt,
        String locale,
        List<Picture> pictures,
        long revision,
        Instant created,
        Instant changed) {

    /** Posts belong to the site: whoever edits it, edits them, and nobody owns one. */
    private static final UUID NOBODY = new UUID(0, 0);

    /** What a post that is not there yet is to whoever wants to write it. */
    static final Guarded UNWRITTEN = new Guarded(NOBODY, Visibility.PRIVATE);

    NewsPost {
        pictures = List.copyOf(pictures);
    }

    /** What is not out yet is private: the one rule for pages, lists and bytes. */
    Guarded guarded(Instant now) {
        return isOut(now) ? new Guarded(NOBODY, Visibility.PUBLIC) : UNWRITTEN;
    }

    boolean isOut(Instant now) {
        return publishedAt != null && !publishedAt.isAfter(now);
    }
}
