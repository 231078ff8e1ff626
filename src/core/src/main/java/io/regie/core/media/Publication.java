package io.regie.core.media;

/** Whether an article is out. */
public enum Publication {
    /** Not until somebody publishes it. */
    DRAFT,
    /** Not yet; it appears by itself when its time comes. */
    SCHEDULED,
    PUBLISHED
}
