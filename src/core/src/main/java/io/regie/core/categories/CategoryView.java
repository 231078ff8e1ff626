package io.regie.core.categories;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import io.regie.core.pictures.PictureView;
import io.regie.core.richtext.RichDocument;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A category as it goes out.
 *
 * @param parent null at the top
 * @param level 1 at the top
 * @param url of its page
 * @param text a document in ProseMirror's JSON; null where nobody wrote one, and in lists
 * @param media how much is in it and below it of what the caller finds in lists; null where nobody counted
 * @param pictures the logo in its sizes, the largest first; none without one
 * @param revision what {@code If-Match} names
 */
public record CategoryView(
        UUID id,
        @Nullable UUID parent,
        int level,
        String name,
        String slug,
        String url,
        @Nullable JsonNode text,
        @Nullable Integer media,
        String language,
        List<PictureView> pictures,
        Instant createdAt,
        Instant changedAt,
        long revision,
        @JsonIgnore @Nullable RichDocument document) {

    public CategoryView {
        pictures = List.copyOf(pictures);
    }
}
