package io.regie.core.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * One run of a worker.
 *
 * @param request the first line it reads
 * @param temp an empty directory for it alone, given to its account; its working directory
 * @param weight what the run may take
 * @param reach whom it may talk to
 */
public record WorkerLaunch(ObjectNode request, Path temp, Weight weight, Reach reach) {

    /** Without a network, as all but recordings are. */
    public WorkerLaunch(ObjectNode request, Path temp, Weight weight) {
        this(request, temp, weight, Reach.NOTHING);
    }

    /** Whom a worker can talk to, as far as this machine can keep it from others. */
    public enum Reach {
        NOTHING,
        /** Itself, on a loopback of its own, for programs that must be led to a relay through it. */
        ITSELF,
        EVERYBODY
    }

    /**
     * @param memoryMiB resident memory of the whole group, above which it is killed by whoever watches it
     * @param heapMiB of that, for Java objects; frames and packets live outside
     * @param niceness added to the server's
     * @param maxFileBytes of any one file
     */
    public record Weight(int memoryMiB, int heapMiB, int niceness, long maxFileBytes) {

        /** Inspecting a file, describing a plugin, sizing a picture. */
        public static Weight light() {
            return new Weight(512, 64, 1, 256L << 20);
        }

        /** Of so many requests in one process, which share its heap. */
        Weight times(int requests) {
            return new Weight(memoryMiB * requests, heapMiB, niceness, maxFileBytes);
        }

        /** A plugin's job. What keeps processors busy for long steps back behind everything that people wait for. */
        public static Weight run(int memoryMiB, boolean processorBound, long maxFileBytes) {
            return new Weight(memoryMiB, 192, processorBound ? 10 : 2, maxFileBytes);
        }
    }
}
