package io.regie.core.studio.editor;

import io.regie.core.media.MediaView.RenditionView;
import io.regie.core.plugins.JobTypes;
import io.regie.spi.JobType;
import io.regie.spi.MediaKind;
import io.regie.spi.Parameter;
import io.regie.spi.Trigger;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Draws forms for what installed plugins offer, from their descriptions alone, and reads them back. */
@ApplicationScoped
class ActionForms {

    /** What is known of a rendition, under the names by which a parameter asks for it. */
    private static final Set<String> FACTS = Set.of("height", "channels", "rendition");

    private final JobTypes types;

    ActionForms(JobTypes types) {
        this.types = types;
    }

    /** One thing that can be started, with what it asks for. */
    record ActionForm(String type, String title, List<ActionField> fields) {}

    /**
     * @param kind {@code text}, {@code password}, {@code number}, {@code choice}, {@code flag} or {@code range}
     * @param value to begin with, empty for none
     * @param choices of a choice
     */
    record ActionField(
            String name,
            String label,
            String kind,
            String value,
            boolean required,
            String min,
            String max,
            List<String> choices) {}

    /** One thing that can be done to one rendition again, and with which values. */
    record Again(String type, String title, List<Value> values) {}

    record Value(String name, String value) {}

    /** What is offered for a whole article of this kind: all that need not be told which rendition is meant. */
    List<ActionForm> of(MediaKind kind, Locale locale) {
        return offered(kind).stream()
                .filter(type -> type.parameters().stream().noneMatch(ActionForms::asksForRendition))
                .map(type -> form(type, locale))
                .toList();
    }

    /** What the plugin that made a rendition offers to do with just that one. */
    List<Again> again(MediaKind kind, RenditionView rendition, Locale locale) {
        Map<String, String> facts = facts(rendition);
        String plugin = plugin(rendition.madeBy());
        return offered(kind).stream()
                .filter(type -> plugin(type.id()).equals(plugin))
                .filter(type -> type.parameters().stream().anyMatch(ActionForms::asksForRendition))
                .filter(type -> type.parameters().stream()
                        .filter(parameter -> parameter.fallback() == null)
                        .allMatch(parameter -> facts.containsKey(parameter.name())))
                .map(type -> new Again(
                        type.id(),
                        types.title(type.id(), locale),
                        type.parameters().stream()
                                .filter(parameter -> facts.containsKey(parameter.name()))
                                .map(parameter -> new Value(parameter.name(), facts.getOrDefault(parameter.name(), "")))
                                .toList()))
                .toList();
    }

    /** What was posted, each value of the kind its parameter wants; the service checks it as it checks every client. */
    Map<String, Object> read(String typeId, Function<String, @Nullable String> posted) {
        Map<String, Object> values = new HashMap<>();
        for (Parameter parameter : types.find(typeId).map(JobType::parameters).orElse(List.of())) {
            Object value = value(parameter, posted);
            if (value != null) {
                values.put(parameter.name(), value);
            }
        }
        return values;
    }

    private static @Nullable Object value(Parameter parameter, Function<String, @Nullable String> posted) {
        String text = posted.apply(parameter.name());
        return switch (parameter.type()) {
            case BOOLEAN -> text != null;
            case NUMBER, DURATION -> text == null || text.isBlank() ? null : number(text);
            case TEXT, SECRET, CHOICE -> text == null || text.isEmpty() ? null : text;
            case TIME_RANGE -> {
                String start = posted.apply(parameter.name() + ".start");
                String end = posted.apply(parameter.name() + ".end");
                yield start == null || end == null ? null : Map.of("start", number(start), "end", number(end));
            }
            case IMAGE_LIST, LIVE_STREAM -> null;
        };
    }

    /** A text where it is no number: the check says so in its own words. */
    private static Object number(String text) {
        try {
            return new BigDecimal(text.strip().replace(',', '.')).doubleValue();
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /** What needs something that no form can ask for is not offered: it could only be refused. */
    private List<JobType> offered(MediaKind kind) {
        return types.startedBy(Trigger.ON_DEMAND, kind).stream()
                .filter(type -> type.parameters().stream()
                        .allMatch(parameter -> parameter.fallback() != null
                                || control(parameter.type()).isPresent()))
                .toList();
    }

    private ActionForm form(JobType type, Locale locale) {
        return new ActionForm(
                type.id(),
                types.title(type.id(), locale),
                type.parameters().stream()
                        .flatMap(parameter ->
                                control(parameter.type())
                                        .map(control -> field(type, parameter, control, locale))
                                        .stream())
                        .toList());
    }

    /** How a form asks for it; empty for what needs more than a form. */
    private static Optional<String> control(Parameter.Type type) {
        return switch (type) {
            case TEXT -> Optional.of("text");
            case SECRET -> Optional.of("password");
            case NUMBER, DURATION -> Optional.of("number");
            case CHOICE -> Optional.of("choice");
            case BOOLEAN -> Optional.of("flag");
            case TIME_RANGE -> Optional.of("range");
            case IMAGE_LIST, LIVE_STREAM -> Optional.empty();
        };
    }

    private ActionField field(JobType type, Parameter parameter, String control, Locale locale) {
        return new ActionField(
                parameter.name(),
                types.text(type.id(), parameter.label(), locale),
                control,
                parameter.fallback() == null ? "" : plain(parameter.fallback()),
                parameter.fallback() == null,
                parameter.min() == null ? "" : plain(parameter.min()),
                parameter.max() == null ? "" : plain(parameter.max()),
                parameter.choices());
    }

    private static boolean asksForRendition(Parameter parameter) {
        return parameter.fallback() == null && FACTS.contains(parameter.name());
    }

    private static Map<String, String> facts(RenditionView rendition) {
        Map<String, String> facts = new HashMap<>();
        facts.put("rendition", rendition.name());
        if (rendition.width() != null && rendition.height() != null) {
            // As people name qualities: 1080 is the shorter side of an upright video too.
            facts.put("height", String.valueOf(Math.min(rendition.width(), rendition.height())));
        }
        if (rendition.channels() != null) {
            facts.put("channels", String.valueOf(rendition.channels()));
        }
        return facts;
    }

    private static String plugin(String typeId) {
        return typeId.substring(0, Math.max(0, typeId.indexOf('.')));
    }

    private static String plain(Object value) {
        return value instanceof Number number
                ? BigDecimal.valueOf(number.doubleValue()).stripTrailingZeros().toPlainString()
                : value.toString();
    }
}
