package io.regie.worker;

/** A jar that is not used as a plugin; the message is a sentence for whoever installs it. */
final class PluginRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    PluginRefusedException(String sentence) {
        super(sentence);
    }

    PluginRefusedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
