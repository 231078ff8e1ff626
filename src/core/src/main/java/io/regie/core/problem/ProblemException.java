package io.regie.core.problem;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something the client did or met, with a sentence for people. The sentence is a key of {@code problems.properties},
 * filled and translated where the answer leaves.
 */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final String key;
    private final transient List<Object> arguments;
    private transient List<Field> fields = List.of();
    private @Nullable Duration retryAfter;

    /**
     * What is wrong with one field of a request.
     *
     * @param key of a sentence as of the problem itself, or the sentence when {@code arguments} is null
     */
    public record Field(String name, String key, @Nullable List<Object> arguments) {

        public static Field said(String name, String sentence) {
            return new Field(name, sentence, null);
        }

        public String sentence(Locale locale) {
            return arguments == null ? key : Sentences.of(locale, key, arguments);
        }
    }

    /**
     * @param key of the detail sentence in {@code problems_*.properties}
     * @param arguments for {@link java.text.MessageFormat}; never a secret, path or stack
     */
    public ProblemException(ProblemType type, String key, Object... arguments) {
        super(type + " " + key, null, false, type == ProblemType.INTERNAL);
        this.type = type;
        this.key = key;
        this.arguments = List.of(arguments);
    }

    /** Missing and denied look the same. */
    public static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND, "not-found");
    }

    /** The same request may succeed after a while. */
    public static ProblemException later(ProblemType type, Duration wait, String key, Object... arguments) {
        ProblemException problem = new ProblemException(type, key, arguments);
        problem.retryAfter = wait;
        return problem;
    }

    public static ProblemException invalid(List<Field> fields) {
        ProblemException problem = new ProblemException(ProblemType.BAD_REQUEST, "invalid");
        problem.fields = List.copyOf(fields);
        return problem;
    }

    public static ProblemException invalidField(String name, String key, Object... arguments) {
        return invalid(List.of(new Field(name, key, List.of(arguments))));
    }

    public ProblemType type() {
        return type;
    }

    public String key() {
        return key;
    }

    public List<Object> arguments() {
        return arguments;
    }

    /** Everything there is to say, on one line. */
    public String sentences(Locale locale) {
        StringBuilder said = new StringBuilder(Sentences.of(locale, this));
        for (Field field : fields) {
            said.append(' ')
                    .append(field.name())
                    .append(": ")
                    .append(field.sentence(locale))
                    .append('.');
        }
        return said.toString();
    }

    public List<Field> fields() {
        return fields;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
