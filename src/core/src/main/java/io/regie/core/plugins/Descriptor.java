package io.regie.core.plugins;

import io.regie.spi.JobType;
import io.regie.spi.PluginInfo;
import java.util.List;
import java.util.Map;

/**
 * What a plugin says of itself.
 *
 * @param messages by language and key
 */
record Descriptor(PluginInfo info, List<JobType> jobTypes, Map<String, Map<String, String>> messages) {
    Descriptor {
        jobTypes = List.copyOf(jobTypes);
        messages = messages == null ? Map.of() : Map.copyOf(messages);
    }
}
