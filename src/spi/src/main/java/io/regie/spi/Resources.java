package io.regie.spi;

import java.time.Duration;

/**
 * What a run may take. The host kills a process that takes more.
 *
 * @param memoryMiB peak resident memory of the whole process
 * @param stall longest time without any progress, log line or output
 * @param processorBound whether it keeps processors busy, so that it waits for one of the few places of such jobs; what
 *     does not, does not wait behind them, and a film can be watched at once while another one is being encoded
 */
public record Resources(int memoryMiB, Duration stall, boolean processorBound) {

    /** Copying, sound, stills: 512 MiB, one minute without a sign of life, not bound by processors. */
    public static Resources light() {
        return new Resources(512, Duration.ofMinutes(1), false);
    }

    /** Encoding pictures: 1.5 GiB, two minutes without a sign of life, bound by processors. */
    public static Resources heavy() {
        return new Resources(1536, Duration.ofMinutes(2), true);
    }
}
