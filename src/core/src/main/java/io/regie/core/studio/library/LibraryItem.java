package io.regie.core.studio.library;

import io.regie.core.media.MediaView;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An article in the library. */
record LibraryItem(MediaView view, Locale locale) {

    /** Larger pictures take longer to arrive than to be opened. */
    private static final long MOST_AS_THUMBNAIL = 1_000_000;

    private static final int TAGS = 3;
    private static final List<String> ENGLISH = List.of("B", "kB", "MB", "GB", "TB");
    private static final List<String> FRENCH = List.of("o", "ko", "Mo", "Go", "To");

    @Nullable
    public String picture() {
        if (view.posterUrl() != null) {
            return view.posterUrl();
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
        if (view.durationSeconds() == null) {
            return "";
        }
        long seconds = Math.round(view.durationSeconds());
        return seconds >= 3600
                ? "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60)
                : "%d:%02d".formatted(seconds / 60, seconds % 60);
    }

    public String size() {
        double amount = view.original().bytes();
        int unit = 0;
        while (amount >= 999.5 && unit < ENGLISH.size() - 1) {
            amount /= 1000;
            unit++;
        }
        NumberFormat format = NumberFormat.getInstance(locale);
        format.setMaximumFractionDigits(unit > 1 && amount < 99.95 ? 1 : 0);
        List<String> units = locale.getLanguage().equals("fr") ? FRENCH : ENGLISH;
        return format.format(amount) + "\u00a0" + units.get(unit);
    }
}
