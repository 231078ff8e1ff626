package io.regie.core.themes;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A theme's words by language. A message is one text with {@code {0}}, {@code {1}}, or two for numbers ({@code one} and
 * {@code other}, chosen by the first argument). What a theme does not say in a language is looked up in its parents, then
 * in English.
 */
final class ThemeMessages {

    static final String FALLBACK = "en";

    /** @param one null where the text does not depend on a number */
    record Message(@Nullable String one, String other) {}

    private final Map<String, Map<String, Message>> languages;

    ThemeMessages(Map<String, Map<String, Message>> languages) {
        this.languages = Map.copyOf(languages);
    }

    /** These messages, and behind them those of a parent. */
    ThemeMessages over(ThemeMessages parent) {
        Map<String, Map<String, Message>> merged = new HashMap<>(parent.languages);
        languages.forEach((language, own) -> merged.merge(language, own, (inherited, mine) -> {
            Map<String, Message> both = new HashMap<>(inherited);
            both.putAll(mine);
            return both;
        }));
        return new ThemeMessages(merged);
    }

    boolean has(String key) {
        return languages.getOrDefault(FALLBACK, Map.of()).containsKey(key);
    }

    Map<String, Message> in(String language) {
        return languages.getOrDefault(language, Map.of());
    }

    @Nullable
    String find(Locale locale, String key, List<Object> arguments) {
        Message message = in(locale.getLanguage()).get(key);
        Locale spoken = message == null ? Locale.ENGLISH : locale;
        if (message == null) {
            message = in(FALLBACK).get(key);
        }
        return message == null ? null : fill(spoken, message, arguments);
    }

    private static String fill(Locale locale, Message message, List<Object> arguments) {
        String text = message.one() != null && !arguments.isEmpty() && isOne(locale, arguments.get(0))
                ? message.one()
                : message.other();
        if (arguments.isEmpty() || text.indexOf('{') < 0) {
            return text;
        }
        StringBuilder filled = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean placeholder = c == '{' && i + 2 < text.length() && text.charAt(i + 2) == '}';
            int number = placeholder ? text.charAt(i + 1) - '0' : -1;
            if (number >= 0 && number < arguments.size()) {
                filled.append(arguments.get(number));
                i += 2;
            } else {
                filled.append(c);
            }
        }
        return filled.toString();
    }

    /** French counts zero as one. */
    private static boolean isOne(Locale locale, Object number) {
        if (!(number instanceof Number n)) {
            return false;
        }
        return n.doubleValue() == 1 || (locale.getLanguage().equals("fr") && n.doubleValue() == 0);
    }
}
