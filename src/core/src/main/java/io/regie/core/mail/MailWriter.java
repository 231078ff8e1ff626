package io.regie.core.mail;

/**
 * Writes mail later, apart from the request or job that gave cause to it. Found as a bean; see
 * {@link MailService#writeLater}.
 */
public interface MailWriter {

    /** Short and for ever the same: letters and dashes. */
    String name();

    /** Runs in no transaction, and again after a pause when it throws. @param key as it was asked with */
    void write(String key);
}
