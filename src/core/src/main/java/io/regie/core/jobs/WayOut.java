package io.regie.core.jobs;

import io.regie.core.egress.Relay;
import io.regie.core.process.WorkerLaunch.Reach;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** How an attempt reaches the world, if at all, until it is closed. */
final class WayOut implements AutoCloseable {
    private final Reach reach;
    private final Set<String> hidden;
    private final Queue<String> said;
    private final @Nullable Relay relay;

    WayOut(Reach reach, Set<String> hidden, Queue<String> said, @Nullable Relay relay) {
        this.reach = reach;
        this.hidden = Set.copyOf(hidden);
        this.said = said;
        this.relay = relay;
    }

    static WayOut none(Set<String> hidden) {
        return new WayOut(Reach.NOTHING, hidden, new ConcurrentLinkedQueue<>(), null);
    }

    Reach reach() {
        return reach;
    }

    /** What must not appear in anything that the attempt says. */
    Set<String> hidden() {
        return hidden;
    }

    /** The next line about a connection that was not made, or null. */
    @Nullable
    String said() {
        return said.poll();
    }

    @Override
    public void close() {
        if (relay != null) {
            relay.close();
        }
    }
}
