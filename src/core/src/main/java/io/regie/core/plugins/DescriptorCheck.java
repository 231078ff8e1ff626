package io.regie.core.plugins;

import io.regie.spi.JobType;
import io.regie.spi.Parameter;
import io.regie.spi.Plugin;
import io.regie.spi.Trigger;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Whether a descriptor can be lived with. It comes from a process that ran the plugin's code, so nothing is taken on trust. */
final class DescriptorCheck {
    private static final int MAX_TYPES = 32;
    private static final int MAX_PARAMETERS = 32;
    private static final int MIN_MEMORY = 128;
    private static final Duration MAX_STALL = Duration.ofHours(1);
    /** Prefix of the server's own job types. */
    private static final String RESERVED = "core";

    private DescriptorCheck() {}

    static void check(Descriptor descriptor, int maxMemoryMiB) throws PluginRefusedException {
        String id = descriptor.info().id();
        demand(!id.equals(RESERVED), "The plugin id " + RESERVED + " is reserved.");
        demand(
                descriptor.info().spiVersion() == Plugin.SPI_VERSION,
                "The plugin was built for version " + descriptor.info().spiVersion()
                        + " of the plugin contract; this server has version " + Plugin.SPI_VERSION + ".");
        demand(descriptor.jobTypes().size() <= MAX_TYPES, "The plugin has too many job types.");
        Set<String> seen = new HashSet<>();
        for (JobType type : descriptor.jobTypes()) {
            demand(
                    type.id().startsWith(id + "."),
                    "The job type " + type.id() + " does not begin with the plugin's id.");
            demand(seen.add(type.id()), "The job type " + type.id() + " is there twice.");
            check(type, maxMemoryMiB);
        }
    }

    private static void check(JobType type, int maxMemoryMiB) throws PluginRefusedException {
        demand(
                type.trigger() != null
                        && type.resources() != null
                        && type.resources().stall() != null,
                "The job type " + type.id() + " is incomplete.");
        boolean ofMedia = type.trigger() == Trigger.UPLOADED || type.trigger() == Trigger.ON_DEMAND;
        demand(!ofMedia || !type.accepts().isEmpty(), "The job type " + type.id() + " accepts no media.");
        demand(
                !type.essential() || type.trigger() == Trigger.UPLOADED,
                "The job type " + type.id() + " is essential but is not started by uploads.");
        int memory = type.resources().memoryMiB();
        demand(
                memory >= MIN_MEMORY && memory <= maxMemoryMiB,
                "The job type " + type.id() + " asks for " + memory + " MiB of memory; " + MIN_MEMORY + " to "
                        + maxMemoryMiB + " are possible.");
        Duration stall = type.resources().stall();
        demand(
                stall.compareTo(Duration.ofSeconds(1)) >= 0 && stall.compareTo(MAX_STALL) <= 0,
                "The job type " + type.id() + " may be silent for one second to one hour, not for " + stall.toSeconds()
                        + " s.");
        demand(type.parameters().size() <= MAX_PARAMETERS, "The job type " + type.id() + " has too many parameters.");
        Set<String> names = new HashSet<>();
        for (Parameter parameter : type.parameters()) {
            demand(
                    parameter.name() != null && parameter.type() != null,
                    "A parameter of " + type.id() + " is incomplete.");
            demand(
                    parameter.name().matches("[a-zA-Z][a-zA-Z0-9_-]{0,63}") && names.add(parameter.name()),
                    "A parameter of " + type.id() + " has no proper name of its own.");
            demand(
                    !parameter.name().equals(ParameterCheck.INPUTS),
                    "The parameter name " + ParameterCheck.INPUTS + " is reserved.");
            demand(
                    parameter.type() != Parameter.Type.CHOICE
                            || !parameter.choices().isEmpty(),
                    "The parameter " + parameter.name() + " of " + type.id() + " offers no choice.");
        }
        demand(
                ParameterCheck.fallbacksFit(type),
                "A default of the job type " + type.id() + " is not within its own bounds.");
    }

    private static void demand(boolean met, String sentence) throws PluginRefusedException {
        if (!met) {
            throw new PluginRefusedException(sentence);
        }
    }
}
