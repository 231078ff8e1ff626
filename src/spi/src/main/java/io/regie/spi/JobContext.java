package io.regie.spi;

import java.nio.file.Path;

/** What the host does for a running attempt. Every method may be called from any thread and returns at once. */
public interface JobContext {

    /** The job's private folder: the only place to write. Emptied when the job ends, however it ends. */
    Path workspace();

    /** How far the job is. Call it as often as is natural; the host thins it to two a second. */
    void progress(Progress progress);

    /** A line for the job's log, shown to the operator. Never a secret. */
    void log(String line);

    /**
     * Announces a rendition that grows while it is made, so that people can watch before it is finished. The file must
     * be append-only from here on, and its finished bytes must begin with what was announced.
     *
     * @param output a {@link OutputRole#RENDITION}; its {@link Rendition} has no segments yet and nominal bandwidths
     */
    EarlyOutput publishEarly(Output output);

    /**
     * Hands over a finished output while the job goes on; the file must not change any more. An early output of the
     * same name becomes whole by this. Outputs of {@link JobResult} need not be published here.
     */
    void publish(Output output);

    /**
     * The way to the source of a live stream.
     *
     * @throws IllegalStateException for a job that reads none: it has no network
     */
    default Network network() {
        throw new IllegalStateException("This job has no network");
    }

    /** Whether to finish early and keep the result. */
    boolean stopRequested();

    /** Whether to abandon. Check it at least every 100 ms of work. */
    boolean cancelRequested();
}
