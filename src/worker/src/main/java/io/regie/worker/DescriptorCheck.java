package io.regie.worker;

import io.regie.spi.JobType;
import io.regie.spi.Parameter;
import io.regie.spi.Trigger;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether what a plugin says of itself makes sense, so that everybody behind the descriptor may rely on it. */
final class DescriptorCheck {

    private final Descriptor descriptor;
    private final Map<String, String> texts;

    private DescriptorCheck(Descriptor descriptor) {
        this.descriptor = descriptor;
        this.texts = descriptor.messages().getOrDefault("en", Map.of());
    }

    static Descriptor check(Descriptor descriptor) throws PluginRefusedException {
        DescriptorCheck check = new DescriptorCheck(descriptor);
        check.require(isLabel(descriptor.info().name()), "its name must have 1 to 100 characters");
        check.require(isLabel(descriptor.info().version()), "its version must have 1 to 100 characters");
        for (JobType type : descriptor.jobTypes()) {
            check.check(type);
        }
        return descriptor;
    }

    private static boolean isLabel(@Nullable String text) {
        return text != null && !text.isBlank() && text.length() <= 100;
    }

    private void check(JobType type) throws PluginRefusedException {
        String id = type.id();
        require(
                id.startsWith(descriptor.info().id() + "."),
                "the job type " + id + " must begin with the plugin's id and a dot");
        require(type.trigger() != null, id + " has no trigger");
        require(type.resources() != null, id + " has no resources");
        require(type.resources().memoryMiB() > 0, id + " must ask for some memory");
        require(
                type.resources().stall() != null && type.resources().stall().toMillis() > 0,
                id + " must have a time after which it counts as stalled");
        require(!type.essential() || type.trigger() == Trigger.UPLOADED, id + " is essential but not run on uploads");
        boolean takesMedia = type.trigger() == Trigger.UPLOADED || type.trigger() == Trigger.ON_DEMAND;
        require(
                type.accepts().isEmpty() != takesMedia,
                id + " must accept some kind of media exactly if it takes inputs");
        requireText(type.title(), "the title of " + id);
        Set<String> names = new HashSet<>();
        for (Parameter parameter : type.parameters()) {
            require(
                    parameter.name() != null && parameter.name().matches("[a-zA-Z][a-zA-Z0-9]{0,63}"),
                    id + " has a parameter whose name is not a word");
            require(names.add(parameter.name()), id + " has the parameter " + parameter.name() + " twice");
            check(parameter, "the parameter " + parameter.name() + " of " + id);
        }
    }

    private void check(Parameter parameter, String which) throws PluginRefusedException {
        require(parameter.type() != null, which + " has no type");
        requireText(parameter.label(), "the label of " + which);
        require(
                parameter.min() == null || parameter.max() == null || parameter.min() <= parameter.max(),
                which + " has its bounds the wrong way round");
        require(
                parameter.type() != Parameter.Type.CHOICE
                        || !parameter.choices().isEmpty(),
                which + " has no choices");
        require(
                parameter.fallback() == null || isValid(parameter, parameter.fallback()),
                which + " has a wrong default");
    }

    private static boolean isValid(Parameter parameter, Object fallback) {
        return switch (parameter.type()) {
            case TEXT -> fallback instanceof String text && isWithin(parameter, text.length());
            case NUMBER, DURATION -> fallback instanceof Number number && isWithin(parameter, number.doubleValue());
            case CHOICE ->
                fallback instanceof String choice && parameter.choices().contains(choice);
            case BOOLEAN -> fallback instanceof Boolean;
            // Neither a secret nor something of a particular article or site can be known by a plugin's author.
            case SECRET, TIME_RANGE, IMAGE_LIST, LIVE_STREAM -> false;
        };
    }

    private static boolean isWithin(Parameter parameter, double value) {
        return Double.isFinite(value)
                && (parameter.min() == null || value >= parameter.min())
                && (parameter.max() == null || value <= parameter.max());
    }

    private void requireText(@Nullable String key, String what) throws PluginRefusedException {
        require(key != null && texts.containsKey(key), what + " (" + key + ") is not in messages_en.properties");
    }

    private void require(boolean holds, String complaint) throws PluginRefusedException {
        if (!holds) {
            throw new PluginRefusedException(
                    "The plugin " + descriptor.info().id() + " is refused: " + complaint + ".");
        }
    }
}
