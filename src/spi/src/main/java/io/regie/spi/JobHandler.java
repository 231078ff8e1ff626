package io.regie.spi;

/** Runs jobs of one type. */
public interface JobHandler {

    /** What this handler runs. Constant for the life of the plugin. */
    JobType type();

    /**
     * Does the work. Called on a thread of its own, once per attempt; it may block and start threads, which must have
     * ended when it returns. A resumable job on a live stream may have others of its type beside it in one process, at
     * the same time and on the same handler; every other job has the process to itself.
     *
     * <p>Stop ({@link JobContext#stopRequested()}) means: finish what you have and return it. Cancel
     * ({@link JobContext#cancelRequested()}) means: abandon, free everything and throw or return; the thread is
     * interrupted as well, and the process is killed if it does not end within two seconds.
     *
     * @throws JobFailedException when the job cannot succeed, with a sentence for people
     * @throws Exception anything else is a defect of the plugin and is shown and logged as such
     */
    JobResult run(JobRequest request, JobContext context) throws Exception;

    /** How much a run would take, without doing it. Called on demand, must return within a second. */
    default Estimate estimate(JobRequest request) {
        return Estimate.unknown();
    }
}
