package io.regie.core.system;

import java.time.Instant;
import java.util.List;

/**
 * How the last try of the media tools went.
 *
 * @param passed whether everything works
 */
public record ToolTest(Instant time, boolean passed, List<ToolFault> faults) {

    public ToolTest {
        faults = List.copyOf(faults);
    }

    static ToolTest of(Instant time, List<ToolFault> faults) {
        return new ToolTest(time, faults.isEmpty(), faults);
    }

    /** Whether what encodes would fail: a plugin that is gone fails its own jobs only. */
    boolean broken() {
        return faults.stream().anyMatch(fault -> fault.kind() != ToolFault.Kind.PLUGIN);
    }
}
