package io.regie.spi;

import java.time.Duration;

/**
 * What a run may take. The host kills a process that takes more.
 *
 * @param memoryMiB peak resident memory of the whole process
 * @param stall longest time without any progress, log line or output
 */
public record Resources(int memoryMiB, Duration stall) {

    /** Probing, stills: 512 MiB, one minute without a sign of life. */
    public static Resources light() {
        return new Resources(512, Duration.ofMinutes(1));
    }

    /** Encoding: 1.5 GiB, two minutes without a sign of life. */
    public static Resources heavy() {
        return new Resources(1536, Duration.ofMinutes(2));
    }
}
