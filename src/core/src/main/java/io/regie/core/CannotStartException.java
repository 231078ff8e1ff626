package io.regie.core;

/** The start ends here; the message is the whole thing the operator sees. */
final class CannotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotStartException(String sentence) {
        super(sentence);
    }
}
