package io.regie.core.jobs;

import java.util.UUID;

/** What a pool's table carries: which job, and at which time it was queued. Plain JSON with a version. */
record Ticket(int v, UUID job, UUID ticket) {
    static final int VERSION = 1;
    /** Name of the task in every pool's table; rows carry it, so it stays. */
    static final String TASK = "job";

    static Ticket of(UUID job, UUID ticket) {
        return new Ticket(VERSION, job, ticket);
    }
}
