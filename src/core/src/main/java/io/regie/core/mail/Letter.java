package io.regie.core.mail;

/**
 * Plain text for somebody.
 *
 * @param recipient an address
 * @param subject one line; whatever would end it is taken out when it leaves
 */
public record Letter(String recipient, String subject, String text) {

    @Override
    public String toString() {
        return "Letter[" + recipient + "]";
    }
}
