package io.regie.core.branding;

import io.regie.core.pictures.Pictures.Format;
import io.regie.core.pictures.Pictures.Size;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The images that a site may have. */
public enum BrandKind {
    /** Beside or instead of the name. */
    LOGO(Format.WEBP, true, new Size(960, 480), new Size(480, 240)),
    /** Across the top of the home page. */
    BANNER(Format.WEBP, false, new Size(2560, 1600), new Size(1280, 1280), new Size(640, 640)),
    /** Behind everything. */
    BACKGROUND(Format.WEBP, false, new Size(2560, 2560), new Size(1080, 1920)),
    /** In tabs and bookmarks: other programs than browsers read it too. */
    FAVICON(Format.PNG, true, new Size(180, 180), new Size(48, 48));

    private final Format format;
    private final boolean drawings;
    private final List<Size> sizes;

    BrandKind(Format format, boolean drawings, Size... sizes) {
        this.format = format;
        this.drawings = drawings;
        this.sizes = List.of(sizes);
    }

    /** As themes and the API write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Format format() {
        return format;
    }

    /** Whether drawings of lines (SVG) are taken too. */
    public boolean drawings() {
        return drawings;
    }

    /** More than any theme shows, so that the image does for the next theme as well. */
    List<Size> sizes() {
        return sizes;
    }

    public static Optional<BrandKind> find(String word) {
        for (BrandKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
