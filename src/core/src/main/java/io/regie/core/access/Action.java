package io.regie.core.access;

/** What somebody wants to do with a guarded thing. */
public enum Action {
    /** See it and everything that belongs to it, down to the last byte. */
    READ,
    /** Change or delete it, and see what only its makers see. */
    EDIT
}
