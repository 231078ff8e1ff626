package io.regie.core.jobs;

import io.regie.core.jobs.JobEvent.Failure;
import io.regie.core.problem.Sentences;
import io.regie.spi.FailureKind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can be done about a failed job. */
enum Remedy {
    /** Try again now. */
    RETRY,
    /** Try again when whatever did not answer is back. */
    LATER,
    /** Use another file, or export this one differently. */
    OTHER_FILE,
    /** Use less of it. */
    SMALLER_FILE,
    UPLOAD_AGAIN,
    /** Make room on the server. */
    MORE_SPACE,
    /** Install or enable what does this work. */
    PLUGIN,
    /** Look into the server's log. */
    LOG;

    /** Only administrators can do these; others have to ask them. */
    private static final Set<Remedy> FOR_ADMINISTRATORS = Set.of(MORE_SPACE, PLUGIN, LOG);

    static Remedy of(Failure failure) {
        String reason = failure.reason() == null ? "" : failure.reason();
        return switch (reason) {
            case "memory", "too-large", "too-long", "too-many-pixels", "too-many-streams", "frame-rate-too-high" ->
                SMALLER_FILE;
            case "quarantined" -> OTHER_FILE;
            case "stalled", "interrupted" -> RETRY;
            case "storage", "no-space" -> MORE_SPACE;
            case "no-plugin" -> PLUGIN;
            case "no-input" -> UPLOAD_AGAIN;
            case "no-worker" -> LOG;
            default -> of(failure.kind());
        };
    }

    private static Remedy of(FailureKind kind) {
        return switch (kind) {
            case BAD_INPUT -> OTHER_FILE;
            case EXTERNAL -> LATER;
            case RESOURCES -> MORE_SPACE;
            case INTERNAL -> RETRY;
        };
    }

    String word() {
        return Words.of(this);
    }

    String sentence(Locale locale, boolean administrator) {
        boolean ask = FOR_ADMINISTRATORS.contains(this) && !administrator;
        return Sentences.of(locale, "jobs-remedy-" + (ask ? "ask-" : "") + word(), List.of());
    }
}
