package io.regie.core.media;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.regie.core.access.Guarded;
import io.regie.spi.Track;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A media article as it goes out. Addresses are relative to the site's root.
 *
 * @param kind {@code video}, {@code audio}, {@code image}, {@code document}
 * @param state {@code processing}, {@code ready}, {@code failed}
 * @param playable whether {@code hlsUrl} plays: three segments, or the whole clip
 * @param revision what {@code If-Match} names
 */
public record MediaView(
        UUID id,
        String slug,
        String title,
        String kind,
        String state,
        String visibility,
        List<String> tags,
        boolean playable,
        @Nullable Double durationSeconds,
        Original original,
        List<RenditionView> renditions,
        @Nullable String hlsUrl,
        @Nullable String dashUrl,
        @Nullable String downloadUrl,
        @Nullable String posterUrl,
        @Nullable String storyboardUrl,
        String watchUrl,
        @Nullable FailureView failure,
        Instant createdAt,
        Instant updatedAt,
        @JsonIgnore long revision,
        @JsonIgnore Guarded guarded,
        @JsonIgnore @Nullable String progressiveUrl) {

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
            String state) {}

    /**
     * @param reason stable code
     * @param detail a sentence in the reader's language
     */
    public record FailureView(String reason, String detail) {}
}
