package io.regie.core.plugins;

/** A plugin is not installed; the message is the sentence for the administrator. */
class PluginRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    PluginRefusedException(String sentence) {
        super(sentence);
    }
}
