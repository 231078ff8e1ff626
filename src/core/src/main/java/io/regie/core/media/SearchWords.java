package io.regie.core.media;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Words as search compares them: no accents, no capitals, nothing but letters and digits. Folded here, because what
 * PostgreSQL makes of a letter depends on the language that somebody's database was created with.
 */
final class SearchWords {

    private static final int MOST_STORED = 200;
    private static final int MOST_ASKED = 12;
    private static final int LONGEST = 40;
    private static final int LONGEST_KEY = 120;
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    /** Letters that no normal form takes apart. */
    private static final Map<Integer, String> LIGATURES =
            Map.of((int) 'œ', "oe", (int) 'æ', "ae", (int) 'ß', "ss", (int) 'ø', "o", (int) 'đ', "d", (int) 'ł', "l");

    private SearchWords() {}

    /** What an article is found by. */
    static String stored(String... texts) {
        return words(String.join(" ", texts), MOST_STORED).stream().collect(Collectors.joining(" "));
    }

    /**
     * A condition in PostgreSQL's words that wants each word, or the beginning of one: whoever types is not done yet.
     * Empty when there is nothing to find.
     */
    static Optional<String> asked(String typed) {
        // Only letters and digits are left, so the quotes around them hold.
        String query = words(typed, MOST_ASKED).stream()
                .map(word -> "'" + word + "':*")
                .collect(Collectors.joining(" & "));
        return query.isEmpty() ? Optional.empty() : Optional.of(query);
    }

    /** What titles are sorted by: {@code Lesson 2} before {@code Lesson 10}. */
    static String sortKey(String title) {
        String folded = String.join(" ", wordList(title));
        String key = DIGITS.matcher(folded.isEmpty() ? title : folded)
                .replaceAll(digits -> "0".repeat(Math.max(0, 8 - digits.group().length())) + digits.group());
        return key.substring(0, key.offsetByCodePoints(0, Math.min(LONGEST_KEY, key.codePointCount(0, key.length()))));
    }

    private static Set<String> words(String text, int most) {
        return wordList(text).stream().limit(most).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<String> wordList(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        folded.codePoints().forEach(letter -> {
            if (Character.getType(letter) == Character.NON_SPACING_MARK) {
                return;
            }
            boolean alone = Character.isIdeographic(letter);
            if (alone || !Character.isLetterOrDigit(letter)) {
                end(words, word);
            }
            if (alone) {
                words.add(Character.toString(letter));
            } else if (Character.isLetterOrDigit(letter) && word.length() < LONGEST) {
                String taken = LIGATURES.get(letter);
                word.append(taken == null ? Character.toString(letter) : taken);
            }
        });
        end(words, word);
        return words;
    }

    private static void end(List<String> words, StringBuilder word) {
        if (word.length() > 0) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
