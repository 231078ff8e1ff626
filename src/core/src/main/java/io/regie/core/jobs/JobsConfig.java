package io.regie.core.jobs;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How much this node works ({@code regie.jobs.*}). */
@ConfigMapping(prefix = "regie.jobs")
interface JobsConfig {

    /** Whether this node runs jobs at all. */
    @WithDefault("true")
    boolean work();

    /** Probes at a time. */
    @WithDefault("2")
    int probe();

    /** Light jobs at a time: copying, sound. */
    @WithDefault("2")
    int light();

    /** Batch jobs at a time; unless set, one for two cores, as far as memory goes. */
    OptionalInt batch();

    /** Live streams at a time. */
    @WithDefault("8")
    int live();

    /**
     * How many live streams one process may record; 1 gives each a process of its own, which takes more memory and lets
     * no stream that breaks the reader of another interrupt it.
     */
    @WithDefault("8")
    int livePerProcess();

    /** The first pause before a job that failed for outside reasons runs again; it doubles each time. */
    @WithDefault("10S")
    Duration firstPause();

    /**
     * Room on the disk that jobs leave to the database and its log, which must never run out of it: those that write do
     * not begin below it and are ended when they reach it. Uploads leave more.
     */
    @WithDefault("1G")
    MemorySize freeSpaceFloor();

    /** What people call this node; unless set, its host's name and the server's process. */
    Optional<String> node();

    /** How long an ended job stays in lists; after that only its day's figures know of it. */
    @WithDefault("90D")
    Duration keep();

    default String nodeName() {
        return node().orElseGet(() -> hostName() + ":" + ProcessHandle.current().pid());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    default int batchSize() {
        return batch().orElseGet(() -> {
            long memory = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                    .getTotalMemorySize();
            int byCores = Runtime.getRuntime().availableProcessors() / 2;
            int byMemory = (int) Math.min(Integer.MAX_VALUE, memory / (800L << 20));
            return Math.max(1, Math.min(byCores, byMemory));
        });
    }

    default int size(Pool pool) {
        return switch (pool) {
            case PROBE -> probe();
            case LIGHT -> light();
            case BATCH -> batchSize();
            case LIVE -> live();
        };
    }
}
