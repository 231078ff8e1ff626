package io.regie.core.media;

import io.regie.core.richtext.Lines;
import io.regie.core.web.Ids;
import io.regie.spi.MediaInfo;
import java.util.Optional;

/** Titles and slugs out of what people and files bring. */
final class Titles {

    static final int LONGEST_TITLE = 200;
    static final int LONGEST_SLUG = 80;

    private Titles() {}

    /** {@code IMG_2024-holiday_final.MOV} becomes {@code IMG 2024 holiday final}. */
    static String fromFilename(String filename) {
        String name = filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        return clean(stem.replaceAll("[_\\-+.]+", " ")).orElse("Untitled");
    }

    static Optional<String> embedded(MediaInfo info) {
        String tag = info.tags().get("title");
        return tag == null ? Optional.empty() : clean(tag);
    }

    /** Without control characters and runs of spaces, not longer than a title may be; empty when nothing is left. */
    static Optional<String> clean(String raw) {
        return Lines.clean(raw, LONGEST_TITLE);
    }

    /** The readable part of an address: lower case ASCII, digits and dashes; never something that reads as an id. */
    static String slug(String title) {
        String ascii = Lines.slug(title, LONGEST_SLUG);
        if (ascii.isEmpty() || Ids.parse(ascii).isPresent()) {
            return "media-" + ascii;
        }
        return ascii;
    }
}
