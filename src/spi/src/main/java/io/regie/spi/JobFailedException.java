package io.regie.spi;

/** An expected end: the job cannot succeed, and the message is a sentence that the operator can act on. */
public class JobFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    /** @param sentence for people: no stack, no path, no command line, no secret */
    public JobFailedException(FailureKind kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    public JobFailedException(FailureKind kind, String sentence, Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
    }

    public FailureKind kind() {
        return kind;
    }
}
