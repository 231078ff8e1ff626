package io.regie.core.studio.library;

import io.regie.core.media.MediaFilter;
import io.regie.core.media.MediaQuery;
import io.regie.core.media.MediaQueryWords;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a view of the library is: the same words for the same view, and none for what goes without saying. */
record LibraryAddress(Map<String, String> words) {

    static final String PATH = "/studio/library";
    static final String VIEW = "view";

    LibraryAddress {
        words = new LinkedHashMap<>(words);
    }

    static LibraryAddress of(MediaQuery query, boolean table) {
        MediaFilter filter = query.filter();
        Map<String, String> words = new LinkedHashMap<>();
        put(words, MediaQueryWords.WORDS, filter.words());
        put(words, MediaQueryWords.KIND, filter.kind());
        put(words, MediaQueryWords.STATE, filter.state());
        put(words, MediaQueryWords.VISIBILITY, filter.visibility());
        put(words, MediaQueryWords.PUBLICATION, filter.publication());
        put(words, MediaQueryWords.TAG, filter.tag());
        put(words, MediaQueryWords.OWNER, filter.owner());
        put(words, MediaQueryWords.FROM, filter.from());
        put(words, MediaQueryWords.TO, filter.to());
        put(words, MediaQueryWords.CATEGORY, filter.category());
        put(words, MediaQueryWords.SORT, query.sort() == MediaQuery.Sort.NEWEST ? null : query.sort());
        put(words, VIEW, table ? "table" : null);
        return new LibraryAddress(words);
    }

    /** The same view but for one word. */
    LibraryAddress with(String name, @Nullable String value) {
        LibraryAddress other = new LibraryAddress(words);
        other.words.remove(name);
        put(other.words, name, value);
        return other;
    }

    /** What a field of this name holds. */
    public String word(String name) {
        return words.getOrDefault(name, "");
    }

    @Override
    public String toString() {
        return words.isEmpty()
                ? PATH
                : PATH + "?"
                        + words.entrySet().stream()
                                .map(word -> word.getKey() + "="
                                        + URLEncoder.encode(word.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&"));
    }

    private static void put(Map<String, String> words, String name, @Nullable Object value) {
        if (value != null) {
            words.put(name, value instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : value.toString());
        }
    }
}
