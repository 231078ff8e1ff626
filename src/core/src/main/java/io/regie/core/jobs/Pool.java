package io.regie.core.jobs;

import io.regie.spi.JobType;
import io.regie.spi.Trigger;
import java.util.Locale;

/** Jobs that wait for the same places. Each pool is one scheduler with one table. */
enum Pool {
    PROBE,
    BATCH,
    LIVE;

    static Pool of(JobType type) {
        return type.trigger() == Trigger.LIVE_STREAM ? LIVE : BATCH;
    }

    String table() {
        return "pool_" + name().toLowerCase(Locale.ROOT);
    }
}
