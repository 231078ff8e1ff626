package io.regie.core.jobs;

import java.util.Optional;
import java.util.UUID;

/** What the feature that knows live streams implements as a bean: the queue knows only that a job reads one. */
public interface LiveOrigins {

    /** What a job reads from, as it is now; empty when that is gone. */
    Optional<LiveOrigin> find(UUID job);
}
