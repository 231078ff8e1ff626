package io.regie.spi;

/** What an elementary stream carries. */
public enum TrackKind {
    VIDEO,
    AUDIO,
    SUBTITLE
}
