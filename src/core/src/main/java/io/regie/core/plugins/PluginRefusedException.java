package io.regie.core.plugins;

/** A plugin is not installed; the message is the sentence for the administrator. */
class PluginRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean lasting;

    PluginRefusedException(String sentence) {
        this(sentence, true);
    }

    private PluginRefusedException(String sentence, boolean lasting) {
        super(sentence);
        this.lasting = lasting;
    }

    /** It was not heard; the machine may have been too busy, and the same plugin may be fine when it is tried again. */
    static PluginRefusedException forNow(String sentence) {
        return new PluginRefusedException(sentence, false);
    }

    boolean lasting() {
        return lasting;
    }
}
