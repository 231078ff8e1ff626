package io.regie.core.jobs;

import java.time.Duration;

/** What becomes of the row in the pool's table when an attempt is over. */
sealed interface Next {
    /** The job ended, or is not waiting for this ticket. */
    record Remove() implements Next {}

    /** The job waits again. */
    record Again(Duration pause) implements Next {}

    /** Somebody else has it. */
    record Leave() implements Next {}
}
