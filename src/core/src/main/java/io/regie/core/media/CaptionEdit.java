package io.regie.core.media;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What is to change about a track, or what a new one begins with; null stays as it is.
 *
 * @param language BCP 47
 * @param label what players call it; the language's own name where nobody says
 * @param kind {@code captions} or {@code subtitles}
 * @param standard shown to whoever has chosen nothing
 */
public record CaptionEdit(
        @Nullable String language,
        @Nullable String label,
        @Nullable String kind,
        @JsonProperty("default") @Nullable Boolean standard) {}
