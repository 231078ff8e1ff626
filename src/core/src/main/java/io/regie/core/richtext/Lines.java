package io.regie.core.richtext;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Texts of one line, as titles are, and the readable part of an address made of them. */
public final class Lines {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private Lines() {}

    /** Without control characters and runs of spaces, cut where it gets too long; empty when nothing is left. */
    public static Optional<String> clean(String raw, int longest) {
        String text = Normalizer.normalize(raw, Normalizer.Form.NFC)
                .replaceAll("\\p{Cntrl}|\\p{Cf}", " ")
                .replaceAll("\\s+", " ")
                .strip();
        if (text.codePointCount(0, text.length()) > longest) {
            text = text.substring(0, text.offsetByCodePoints(0, longest)).strip();
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** Lower case ASCII, digits and dashes; empty when nothing of the line can be written so. */
    public static String slug(String line, int longest) {
        String ascii = Normalizer.normalize(line, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return ascii.length() > longest ? ascii.substring(0, longest).replaceAll("-$", "") : ascii;
    }

    public static boolean isSlug(String text, int longest) {
        return text.length() <= longest && SLUG.matcher(text).matches();
    }
}
