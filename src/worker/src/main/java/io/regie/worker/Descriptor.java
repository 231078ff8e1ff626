package io.regie.worker;

import io.regie.spi.JobType;
import io.regie.spi.PluginInfo;
import java.util.List;
import java.util.Map;

/**
 * All that the server knows of a plugin.
 *
 * @param messages per language, the texts that titles and labels are keys of
 */
record Descriptor(PluginInfo info, List<JobType> jobTypes, Map<String, Map<String, String>> messages) {}
