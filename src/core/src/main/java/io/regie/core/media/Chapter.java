package io.regie.core.media;

/**
 * Where a part begins and what it is called.
 *
 * @param start seconds from where the media begins
 */
public record Chapter(double start, String title) {}
