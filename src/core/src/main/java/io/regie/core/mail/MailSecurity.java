package io.regie.core.mail;

/** How the connection to the mail server is protected. */
public enum MailSecurity {
    /** Encrypted from the first byte. */
    TLS,
    /** Encrypted before anything that matters is said, or not at all used. */
    STARTTLS,
    /** For a server on the same machine or network. */
    NONE
}
