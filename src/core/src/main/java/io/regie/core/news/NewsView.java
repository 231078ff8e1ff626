package io.regie.core.news;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import io.regie.core.access.Guarded;
import io.regie.core.pictures.PictureView;
import io.regie.core.richtext.RichDocument;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A news post or editorial as it goes out.
 *
 * @param kind {@code news-post} or {@code editorial}
 * @param url of its page
 * @param text a document in ProseMirror's JSON; null where nobody wrote one
 * @param publication {@code draft}, {@code scheduled} or {@code published}
 * @param publishedAt absent for a draft
 * @param pictures the illustration in its sizes, the largest first; none without one
 * @param revision what {@code If-Match} names
 */
public record NewsView(
        UUID id,
        String kind,
        String slug,
        String url,
        String title,
        @Nullable JsonNode text,
        String publication,
        @Nullable Instant publishedAt,
        String language,
        List<PictureView> pictures,
        Instant createdAt,
        Instant changedAt,
        long revision,
        @JsonIgnore @Nullable RichDocument document,
        @JsonIgnore Guarded guarded) {

    public NewsView {
        pictures = List.copyOf(pictures);
    }
}
