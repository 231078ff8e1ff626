package io.regie.core.studio.library;

import io.regie.core.media.MediaView;
import io.regie.core.studio.PlayingTime;
import io.regie.core.web.Sizes;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An article in the library. */
record LibraryItem(MediaView view, Locale locale) {

    /** Larger pictures take longer to arrive than to be opened. */
    private static final long MOST_AS_THUMBNAIL = 1_000_000;

    private static final int TAGS = 3;

    @Nullable
    public String picture() {
        if (view.thumbnailUrl() != null) {
            return view.thumbnailUrl();
        }
        boolean small = view.kind().equals("image") && view.original().bytes() <= MOST_AS_THUMBNAIL;
        return small ? view.original().url() : null;
    }

    public List<String> someTags() {
        return view.tags().stream().limit(TAGS).toList();
    }

    public int otherTags() {
        return Math.max(0, view.tags().size() - TAGS);
    }

    /** {@code 1:02:03}; empty while unknown. */
    public String duration() {
        return view.durationSeconds() == null ? "" : PlayingTime.of(view.durationSeconds());
    }

    /** Empty while it is recorded: nobody knows yet. */
    public String size() {
        return view.recording() ? "" : Sizes.about(view.original().bytes(), locale);
    }
}
