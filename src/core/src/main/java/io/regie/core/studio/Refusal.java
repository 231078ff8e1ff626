package io.regie.core.studio;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.Sentences;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a form was not accepted, in the language of its page.
 *
 * @param problem about the form as a whole
 * @param fields what is wrong with each field
 * @param retryAfter how long to wait, where that is known
 */
public record Refusal(@Nullable String problem, Map<String, String> fields, @Nullable Duration retryAfter) {

    public static final Refusal NONE = new Refusal(null, Map.of(), null);

    public static Refusal of(ProblemException refused, Locale locale) {
        Map<String, String> fields = new HashMap<>();
        refused.fields().forEach(field -> fields.put(field.name(), field.sentence(locale)));
        return new Refusal(
                fields.isEmpty() ? Sentences.of(locale, refused) : null,
                fields,
                refused.retryAfter().orElse(null));
    }

    /** What is wrong with a field, or nothing. */
    public String of(String field) {
        return fields.getOrDefault(field, "");
    }
}
