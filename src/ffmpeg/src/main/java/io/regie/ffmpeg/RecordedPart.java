package io.regie.ffmpeg;

import java.nio.file.Path;

/**
 * A finished file of a recording. Its place is on the recording's own time line, on which parts of one connection follow
 * each other as the source sent them, and connections follow each other without the time between.
 *
 * @param file an ordinary MP4
 * @param startMicros where the file's time zero is on that line
 * @param endMicros where its last packet ends
 * @param bytes of media
 */
public record RecordedPart(Path file, long startMicros, long endMicros, long bytes) {}
