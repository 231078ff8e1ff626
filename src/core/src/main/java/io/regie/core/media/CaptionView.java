package io.regie.core.media;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;

/**
 * A track of captions as it goes out.
 *
 * @param language BCP 47
 * @param kind {@code captions} or {@code subtitles}
 * @param standard shown to whoever has chosen nothing
 * @param cues how many
 * @param url WebVTT, relative to the site's root
 * @param revision what {@code If-Match} names
 */
public record CaptionView(
        UUID id,
        String language,
        String label,
        String kind,
        @JsonProperty("default") boolean standard,
        int cues,
        String url,
        long revision) {

    static CaptionView of(CaptionTracks.Facts track) {
        return new CaptionView(
                track.id(),
                track.language(),
                track.label(),
                Views.lower(track.kind()),
                track.standard(),
                track.cueCount(),
                Addresses.captions(track.article(), track.id()),
                track.revision());
    }
}
