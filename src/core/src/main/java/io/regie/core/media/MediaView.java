package io.regie.core.media;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import io.regie.core.access.Guarded;
import io.regie.core.richtext.RichDocument;
import io.regie.spi.Track;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A media article as it goes out. Addresses are relative to the site's root.
 *
 * @param kind {@code video}, {@code audio}, {@code image}, {@code document}
 * @param state {@code processing}, {@code ready}, {@code failed}
 * @param visibility {@code public}, {@code unlisted}, {@code private}: who may see it once it is published
 * @param publication {@code draft}, {@code scheduled}, {@code published}
 * @param publishedAt null for a draft, in the future for a scheduled article
 * @param language of title and description, BCP 47
 * @param licence a code of {@link Licence}
 * @param credits who made it, in the order that people chose
 * @param description a document in ProseMirror's JSON; null in lists
 * @param downloads who may take its file home: {@code default} for what the site says, {@code yes}, {@code signed_in},
 *     {@code no}
 * @param downloadUrl null too when the caller may not use it
 * @param playable whether {@code hlsUrl} plays: three segments, or the whole clip
 * @param posterChosen whether a person chose the poster
 * @param previewUrl a few silent seconds, to be shown while somebody points at the article
 * @param animations what was made of it to be shown elsewhere, the newest first
 * @param captions the oldest first; null in lists
 * @param chapters in their order; null in lists
 * @param annexes files that go with it, in the order that people chose; null in lists
 * @param recording whether it is being recorded: there is no original yet
 * @param recordedAt when a recording ended; null for what is none
 * @param kept whether a recording is spared when old ones are deleted
 * @param categories that it is in, as they stand in the tree
 * @param signInToDownload whether it would be downloadable for this caller with an account
 * @param revision what {@code If-Match} names
 * @param posterSet the poster's sizes, as {@code srcset} has them
 */
public record MediaView(
        UUID id,
        String slug,
        String title,
        String kind,
        String state,
        String visibility,
        List<String> tags,
        String publication,
        @Nullable Instant publishedAt,
        String language,
        @Nullable String licence,
        List<Credit> credits,
        @Nullable JsonNode description,
        boolean playable,
        @Nullable Double durationSeconds,
        Original original,
        List<RenditionView> renditions,
        @Nullable String hlsUrl,
        @Nullable String dashUrl,
        @Nullable String downloadUrl,
        String downloads,
        @Nullable String posterUrl,
        @Nullable String thumbnailUrl,
        boolean posterChosen,
        @Nullable String storyboardUrl,
        @Nullable String previewUrl,
        List<AnimationView> animations,
        @Nullable List<CaptionView> captions,
        @Nullable List<Chapter> chapters,
        @Nullable List<AnnexView> annexes,
        String watchUrl,
        @Nullable FailureView failure,
        Instant createdAt,
        Instant updatedAt,
        boolean recording,
        @Nullable Instant recordedAt,
        boolean kept,
        List<CategoryView> categories,
        @JsonIgnore boolean signInToDownload,
        @JsonIgnore long revision,
        @JsonIgnore Guarded guarded,
        @JsonIgnore @Nullable String progressiveUrl,
        @JsonIgnore @Nullable String chaptersUrl,
        @JsonIgnore @Nullable RichDocument text,
        @JsonIgnore @Nullable Licence terms,
        @JsonIgnore @Nullable String posterSet) {

    /** One of the article's categories. @param url of its page */
    @Schema(name = "MediaCategory")
    public record CategoryView(UUID id, String name, String slug, String url) {}

    /** Facts of the original; tracks once it was probed. */
    public record Original(
            String filename,
            String mediaType,
            long bytes,
            String sha256,
            @Nullable String format,
            @Nullable Long bitrate,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Double frameRate,
            List<Track> tracks,
            @Nullable String url) {}

    /**
     * @param kind {@code video} or {@code audio}
     * @param bandwidth peak bit/s, nominal while growing
     * @param state {@code growing} or {@code finished}
     * @param madeBy the type of the job that made it
     */
    public record RenditionView(
            UUID id,
            String name,
            String kind,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Double frameRate,
            @Nullable Integer channels,
            String codecs,
            long bandwidth,
            @Nullable Long bytes,
            String state,
            String madeBy) {}

    /**
     * @param mediaType an image's, or {@code video/mp4}
     * @param job that made it
     */
    public record AnimationView(
            UUID id,
            String url,
            String downloadUrl,
            String mediaType,
            int width,
            int height,
            long bytes,
            @Nullable UUID job,
            Instant createdAt) {}

    /**
     * @param reason stable code
     * @param detail what happened and what to do, in the reader's language
     * @param said the plugin's own words, in its own language; null when the detail says it all
     */
    public record FailureView(String reason, String detail, @Nullable String said) {}
}
