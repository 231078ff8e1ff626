package io.regie.core.jobs;

import io.regie.core.jobs.JobEvent.Failure;
import io.regie.core.problem.Sentences;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a job failed, in the reader's language.
 *
 * @param kind {@code bad-input}, {@code external}, {@code resources} or {@code internal}
 * @param reason stable code, or null
 * @param sentence what happened
 * @param said the plugin's own words, in its own language; null when the sentence says it all
 * @param remedy code of what can be done
 * @param advice what can be done
 */
public record JobFailure(
        String kind, @Nullable String reason, String sentence, @Nullable String said, String remedy, String advice) {

    /** Ours, and those of refusals, which uploads are answered with too. */
    private static final List<String> SENTENCES = List.of("jobs-", "media-refused-");

    static JobFailure of(Failure failure, Locale locale, boolean administrator) {
        Optional<String> known = findSentence(failure.reason(), locale);
        String kind = Words.of(failure.kind());
        Remedy remedy = Remedy.of(failure);
        return new JobFailure(
                kind,
                failure.reason(),
                known.orElseGet(() -> Sentences.of(locale, "jobs-failed-" + kind, List.of())),
                known.isPresent() || failure.sentence().isBlank() ? null : failure.sentence(),
                remedy.word(),
                remedy.sentence(locale, administrator));
    }

    /** What happened, for reasons that we have words for. */
    public static Optional<String> findSentence(@Nullable String reason, Locale locale) {
        if (reason != null) {
            for (String prefix : SENTENCES) {
                try {
                    return Optional.of(Sentences.of(locale, prefix + reason, List.of()));
                } catch (MissingResourceException next) {
                    // A newer worker may refuse for reasons we have no words for.
                }
            }
        }
        return Optional.empty();
    }
}
