package io.regie.core.problem;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences of problems, in the languages Regie speaks. */
public final class Sentences {

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Sentences() {}

    /** The title of a kind of problem, the same in each of its occurrences. */
    public static String title(Locale locale, ProblemType type) {
        return of(locale, "title." + type.slug(), List.of());
    }

    /** The sentence of a problem. A key that is missing is a defect that {@code SentencesTest} finds. */
    public static String of(Locale locale, String key, List<Object> arguments) {
        ResourceBundle bundle = ResourceBundle.getBundle("problems", locale, NO_FALLBACK);
        return new MessageFormat(bundle.getString(key), locale).format(arguments.toArray());
    }

    /** Whether there is such a sentence. */
    public static boolean has(String key) {
        return ResourceBundle.getBundle("problems", Locale.ENGLISH, NO_FALLBACK).containsKey(key);
    }

    public static String of(Locale locale, ProblemException problem) {
        return of(locale, problem.key(), problem.arguments());
    }
}
