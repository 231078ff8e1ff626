package io.regie.core.media;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that goes with an article, as it goes out.
 *
 * @param filename under which it is saved
 * @param mediaType by its first bytes, {@code application/octet-stream} where those say nothing
 * @param url where it is downloaded, relative to the site's root; null for whoever may not
 */
public record AnnexView(
        UUID id, String title, String filename, String mediaType, long bytes, @Nullable String url, Instant createdAt) {

    static AnnexView of(Annex annex, boolean mayDownload) {
        return new AnnexView(
                annex.id,
                annex.title,
                annex.filename,
                annex.mediaType,
                annex.bytes,
                mayDownload ? Addresses.annex(annex) : null,
                annex.createdAt);
    }
}
