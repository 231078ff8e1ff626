package io.regie.core.jobs;

import io.regie.core.jobs.JobEvent.Failure;
import io.regie.spi.FailureKind;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** What an attempt's unhappy ending means for its job: the end, or another attempt. */
sealed interface Verdict {
    int MAX_CRASHES = 2;
    int MAX_INTERRUPTIONS = 10;
    int MAX_EXTERNAL_RETRIES = 6;
    int MAX_OTHER_RETRIES = 1;
    Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    record Over(Failure failure) implements Verdict {}

    /** The job's counts from now on, and when to begin. */
    record Again(int crashes, int interruptions, int retries, Duration pause) implements Verdict {}

    static Verdict on(Job job, Ending ending, Duration firstPause, RandomGenerator random) {
        if (ending instanceof Ending.Crashed crashed) {
            return crashed(job, crashed.cause(), firstPause, random);
        }
        if (ending instanceof Ending.CrashedTogether) {
            // At once, as it may be innocent; but alone from now on, so that the next crash has an author.
            return new Again(job.crashes() + 1, job.interruptions(), job.retries(), Duration.ZERO);
        }
        if (ending instanceof Ending.Interrupted) {
            return interrupted(job);
        }
        if (ending instanceof Ending.Failed failed) {
            return failed(job, failed, firstPause, random);
        }
        throw new IllegalArgumentException("No verdict needed on " + ending);
    }

    private static Verdict crashed(Job job, Ending.Cause cause, Duration firstPause, RandomGenerator random) {
        int crashes = job.crashes() + 1;
        if (job.pool() == Pool.LIVE) {
            // A recording can only go on: its source will not wait for anybody to look at it.
            return new Again(crashes, job.interruptions(), job.retries(), pause(firstPause, crashes - 1, random));
        }
        if (crashes < MAX_CRASHES) {
            return new Again(crashes, job.interruptions(), job.retries(), Duration.ZERO);
        }
        return new Over(new Failure(cause.kind(), cause.reason(), Said.of(cause.sentence())));
    }

    private static Verdict interrupted(Job job) {
        int interruptions = job.interruptions() + 1;
        if (interruptions <= MAX_INTERRUPTIONS || job.pool() == Pool.LIVE) {
            return new Again(job.crashes(), interruptions, job.retries(), Duration.ZERO);
        }
        return new Over(new Failure(FailureKind.INTERNAL, "interrupted", Said.of("jobs-interrupted")));
    }

    private static Verdict failed(Job job, Ending.Failed failed, Duration firstPause, RandomGenerator random) {
        int allowed =
                switch (failed.kind()) {
                    case BAD_INPUT -> 0;
                    case EXTERNAL -> MAX_EXTERNAL_RETRIES;
                    case RESOURCES, INTERNAL -> MAX_OTHER_RETRIES;
                };
        if (job.retries() >= allowed) {
            return new Over(new Failure(failed.kind(), failed.reason(), failed.sentence()));
        }
        Duration pause =
                failed.kind() == FailureKind.INTERNAL ? Duration.ZERO : pause(firstPause, job.retries(), random);
        return new Again(job.crashes(), job.interruptions(), job.retries() + 1, pause);
    }

    /** Doubles each time; up to half is left to chance, so that those who failed together do not come back together. */
    private static Duration pause(Duration first, int times, RandomGenerator random) {
        long millis = Math.min(first.toMillis() << Math.min(times, 16), LONGEST_PAUSE.toMillis());
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }
}
