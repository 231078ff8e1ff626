package io.regie.core.mail;

import java.util.List;

/** A mail that did not leave, and why. */
final class MailFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String key;
    private final transient List<Object> arguments;
    private final boolean hopeless;

    /**
     * @param key of a sentence
     * @param hopeless whether another attempt would end the same way
     */
    MailFailedException(String key, boolean hopeless, Object... arguments) {
        super(key);
        this.key = key;
        this.hopeless = hopeless;
        this.arguments = List.of(arguments);
    }

    String key() {
        return key;
    }

    List<Object> arguments() {
        return arguments;
    }

    boolean hopeless() {
        return hopeless;
    }
}
