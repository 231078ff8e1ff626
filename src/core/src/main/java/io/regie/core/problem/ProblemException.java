package io.regie.core.problem;

import java.util.List;

/**
 * Something the client did or met, with a sentence for people. The sentence is a key of {@code problems.properties},
 * filled and translated where the answer leaves.
 */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final String key;
    private final transient List<Object> arguments;

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

    public ProblemType type() {
        return type;
    }

    public String key() {
        return key;
    }

    public List<Object> arguments() {
        return arguments;
    }
}
