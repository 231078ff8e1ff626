package io.regie.worker;

/** A handler broke the contract; the message is a sentence for its author. */
final class PluginDefectException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PluginDefectException(String sentence) {
        super(sentence);
    }
}
