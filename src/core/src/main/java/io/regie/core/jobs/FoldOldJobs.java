package io.regie.core.jobs;

import io.regie.core.housekeeping.Housekeeping;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Lets go of jobs that ended long ago; their days keep the figures. */
@Singleton
class FoldOldJobs implements Housekeeping {
    private static final int AT_ONCE = 500;

    private final JobDays days;
    private final JobsConfig config;
    private final InstantSource clock;

    FoldOldJobs(JobDays days, JobsConfig config, InstantSource clock) {
        this.days = days;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "old-jobs";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        Instant before = clock.instant().minus(config.keep());
        int folded;
        do {
            folded = days.fold(before, AT_ONCE);
        } while (folded == AT_ONCE);
        days.forgetDiscards(before);
    }
}
