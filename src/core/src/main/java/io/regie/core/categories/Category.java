package io.regie.core.categories;

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
 * @param parent null at the top
 * @param text null for none, and in lists
 * @param pictures the logo in its sizes, the largest first
 */
record Category(
        UUID id,
        @Nullable UUID parent,
        String name,
        String slug,
        @Nullable RichDocument text,
        String locale,
        List<Picture> pictures,
        long revision,
        Instant created,
        Instant changed) {

    /** Categories belong to the site: everybody reads them, whoever edits the site changes them, and nobody owns one. */
    static final Guarded GUARDED = new Guarded(new UUID(0, 0), Visibility.PUBLIC);

    Category {
        pictures = List.copyOf(pictures);
    }
}
