package io.regie.spi;

import java.util.List;
import java.util.Map;

/**
 * What a finished job made.
 *
 * @param outputs everything not yet handed over with {@link JobContext#publish}; all become visible together
 * @param metadata suggestions for empty fields of the article: {@code title}, {@code tags} (comma separated)
 */
public record JobResult(List<Output> outputs, Map<String, String> metadata) {

    public JobResult {
        outputs = List.copyOf(outputs);
        metadata = Map.copyOf(metadata);
    }

    public static JobResult of(List<Output> outputs) {
        return new JobResult(outputs, Map.of());
    }
}
