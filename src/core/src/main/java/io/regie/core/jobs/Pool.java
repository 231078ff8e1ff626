package io.regie.core.jobs;

import io.regie.spi.JobType;
import java.util.Locale;

/** Jobs that wait for the same places. Each pool is one scheduler with one table. */
enum Pool {
    PROBE,
    /** What needs little of a processor: nothing of it may wait for an encoding that takes hours. */
    LIGHT,
    BATCH,
    LIVE;

    static Pool of(JobType type) {
        if (type.trigger().readsLiveStream()) {
            return LIVE;
        }
        return type.resources().processorBound() ? BATCH : LIGHT;
    }

    String table() {
        return "pool_" + name().toLowerCase(Locale.ROOT);
    }
}
