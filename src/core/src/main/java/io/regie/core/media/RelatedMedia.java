package io.regie.core.media;

import java.util.List;

/**
 * What of an article's kin a caller may see.
 *
 * @param madeFrom what a job made it of; empty for what people brought
 * @param made what jobs made of it, the newest first
 */
public record RelatedMedia(List<MediaView> madeFrom, List<MediaView> made) {}
