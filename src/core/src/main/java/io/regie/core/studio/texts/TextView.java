package io.regie.core.studio.texts;

import io.regie.core.media.CaptionText;
import io.regie.core.media.MediaView;
import io.regie.core.studio.Choice;
import io.regie.core.studio.PlayingTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page of an article's captions and chapters shows.
 *
 * @param part a track's id, {@code chapters}, or empty where one is added
 * @param text of the track; null where there is none
 * @param language of the track, or what a new one begins with
 * @param kind likewise
 * @param notice why something was not saved
 */
record TextView(
        MediaView media,
        String part,
        @Nullable CaptionText text,
        List<Choice> languages,
        String language,
        String kind,
        @Nullable String notice) {

    /** The player shows the site's captions, unless one of them is just being changed. */
    public Boolean spoken() {
        return text == null;
    }

    public String time(double seconds) {
        return PlayingTime.of(seconds);
    }
}
