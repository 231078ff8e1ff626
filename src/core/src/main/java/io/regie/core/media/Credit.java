package io.regie.core.media;

/**
 * Somebody who had a part in making it.
 *
 * @param role what they did, like {@code Director}; empty where nobody says
 */
public record Credit(String role, String name) {}
