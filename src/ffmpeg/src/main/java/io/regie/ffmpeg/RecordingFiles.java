package io.regie.ffmpeg;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Where a recording's parts go and who hears of them. Called on the thread that records. */
public interface RecordingFiles {

    /** Where to write the next part. @param startMicros its place on the recording's time line; to be remembered */
    Path next(long startMicros) throws IOException;

    /** A part is finished, checked and safe from a loss of power. */
    void finished(RecordedPart part) throws IOException;

    /** A part could not be finished; what it holds up to its last fragment can still be saved. */
    void unfinished(Path file, long startMicros);

    /**
     * Told a few times a second.
     *
     * @param recorded on the recording's time line, by now
     * @param bytes of media, since the connection was made
     * @param lost packets that seem to be missing, since the connection was made
     * @param drift by how many parts per million the source's clock is slower than ours; 0 while too little is known
     */
    void progress(Duration recorded, long bytes, long lost, double drift);

    /** A line for people. */
    void log(String line);
}
