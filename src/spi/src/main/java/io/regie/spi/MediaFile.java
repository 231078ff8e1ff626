package io.regie.spi;

import java.nio.file.Path;

/**
 * An input of a job.
 *
 * @param path an absolute path to a read-only file with a generated name; the name means nothing
 * @param info what the probe found
 */
public record MediaFile(Path path, MediaInfo info) {}
