package io.regie.core.access;

/** Who may see a thing. */
public enum Visibility {
    /** Everybody; it is listed. */
    PUBLIC,
    /** Whoever knows the address, which holds the 128-bit id. */
    UNLISTED,
    /** Its owner and the editors. */
    PRIVATE
}
