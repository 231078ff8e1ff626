package io.regie.core.site;

import io.regie.core.themes.ThemeRegistry;
import io.regie.core.web.Recent;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The public pages that were drawn last, so that what would look the same is not drawn again. Who may see a page, and
 * what is on it, is asked anew each time: a page is only taken from here when everything it was made of is equal to that.
 */
@Singleton
class DrawnPages {

    private static final int COUNT = 128;

    /** Longer pages are rare, and so is the memory for 128 of them. */
    private static final int LONGEST = 128 << 10;

    /** @param tag says the same for the same text */
    record Page(byte[] html, String tag) {

        static Page of(ThemeRegistry.Page drawn) {
            byte[] bytes = drawn.html().getBytes(StandardCharsets.UTF_8);
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
                return new Page(bytes, "\"" + HexFormat.of().formatHex(hash, 0, 12) + "\"");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private record Kept(List<?> madeOf, Page page) {}

    private final Recent<List<String>, Kept> kept = new Recent<>(COUNT);

    /**
     * @param name of the page: one is kept of each
     * @param madeOf everything that it shows, as values that know when they are equal
     */
    Optional<Page> get(List<String> name, List<?> madeOf, Supplier<Optional<ThemeRegistry.Page>> draw) {
        Kept known = kept.get(name);
        if (known != null && known.madeOf().equals(madeOf)) {
            return Optional.of(known.page());
        }
        Optional<ThemeRegistry.Page> drawn = draw.get();
        Optional<Page> page = drawn.map(Page::of);
        if (page.isPresent() && !drawn.get().substitute() && page.get().html().length <= LONGEST) {
            kept.put(name, new Kept(madeOf, page.get()));
        }
        return page;
    }
}
