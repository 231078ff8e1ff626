package io.regie.spi;

import java.time.Duration;

/**
 * One piece of a rendition that can be fetched and decoded by itself (after the initialisation): one or more
 * {@code moof}/{@code mdat} pairs.
 *
 * @param start presentation time of its first frame, from the start of the article
 * @param duration until the next segment's start, or the end
 * @param range where it is in the file
 */
public record Segment(Duration start, Duration duration, ByteRange range) {}
