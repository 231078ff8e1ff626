package io.regie.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a run would take. @param bytes of its outputs, negative when unknown @param time null when unknown */
public record Estimate(long bytes, @Nullable Duration time) {

    public static Estimate unknown() {
        return new Estimate(-1, null);
    }
}
