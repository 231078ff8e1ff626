package io.regie.core.media;

import jakarta.persistence.Embeddable;

/**
 * A word that groups articles.
 *
 * @param key as people compare it: letters of either case are the same
 * @param name as its author wrote it
 */
@Embeddable
record Tag(String key, String name) {}
