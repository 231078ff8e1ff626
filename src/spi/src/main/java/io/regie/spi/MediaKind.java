package io.regie.spi;

/** What an original is, decided by probing it, never by its name. */
public enum MediaKind {
    VIDEO,
    AUDIO,
    IMAGE,
    DOCUMENT
}
