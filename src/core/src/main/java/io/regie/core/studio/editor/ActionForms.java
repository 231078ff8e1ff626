package io.regie.core.studio.editor;

import io.regie.core.media.MediaView.RenditionView;
import io.regie.core.plugins.JobTypes;
import io.regie.spi.JobType;
import io.regie.spi.MediaKind;
import io.regie.spi.Parameter;
import io.regie.spi.Trigger;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Draws forms for what installed plugins offer, from their descriptions alone, and reads them back. */
@ApplicationScoped
class ActionForms {

    /** What is known of a rendition, under the names by which a parameter asks for it. */
    private static final Set<String> FACTS = Set.of("height", "channels", "rendition");

    private static final Pattern UUIDS = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final JobTypes types;

    ActionForms(JobTypes types) {
        this.types = types;
    }

    /** What a form shows at once besides what must be said; the rest waits behind a click. */
    private static final int SHOWN = 3;

    /**
     * One thing that can be started, with what it asks for.
     *
     * @param hint empty for none
     * @param fields that are seen at once
     * @param more that most people leave as they are
     */
    record ActionForm(String type, String title, String hint, List<ActionField> fields, List<ActionField> more) {

        /** As part of an element's id. */
        public String id() {
            return type.replaceAll("[^a-zA-Z0-9]", "-");
        }
    }

    /**
     * @param kind {@code text}, {@code password}, {@code number}, {@code choice}, {@code flag}, {@code range} or
     *     {@code images}
     * @param hint empty for none
     * @param value to begin with, empty for none
     * @param choices of a choice
     */
    record ActionField(
            String name,
            String label,
            String hint,
            String kind,
            String value,
            boolean required,
            String min,
            String max,
            List<Option> choices) {}

    record Option(String value, String label) {}

    /**
     * What a form sent.
     *
     * @param inputs the articles that lists of images count from 0; none where there is no such list
     */
    record Posted(Map<String, Object> parameters, List<UUID> inputs) {}

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
    Posted read(String typeId, Function<String, List<String>> posted) {
        Map<String, Object> values = new HashMap<>();
        Map<UUID, Integer> inputs = new LinkedHashMap<>();
        for (Parameter parameter : types.find(typeId).map(JobType::parameters).orElse(List.of())) {
            Object value = parameter.type() == Parameter.Type.IMAGE_LIST
                    ? images(parameter, posted, inputs)
                    : value(parameter, name -> first(posted.apply(name)));
            if (value != null) {
                values.put(parameter.name(), value);
            }
        }
        return new Posted(values, List.copyOf(inputs.keySet()));
    }

    private static @Nullable String first(List<String> posted) {
        return posted.isEmpty() ? null : posted.get(0);
    }

    /** An article that is shown twice is one input. What is no article's id is left for the check to refuse. */
    private static @Nullable Object images(
            Parameter parameter, Function<String, List<String>> posted, Map<UUID, Integer> inputs) {
        List<String> articles = posted.apply(parameter.name() + ".input");
        List<String> seconds = posted.apply(parameter.name() + ".seconds");
        List<Object> images = new ArrayList<>();
        for (int i = 0; i < articles.size(); i++) {
            Object input = articles.get(i);
            if (UUIDS.matcher(articles.get(i)).matches()) {
                input = inputs.computeIfAbsent(UUID.fromString(articles.get(i)), fresh -> inputs.size());
            }
            images.add(Map.of("input", input, "seconds", i < seconds.size() ? number(seconds.get(i)) : ""));
        }
        return articles.isEmpty() ? null : images;
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
        List<ActionField> shown = new ArrayList<>();
        List<ActionField> more = new ArrayList<>();
        int optional = 0;
        for (Parameter parameter : type.parameters()) {
            Optional<String> control = control(parameter.type());
            if (control.isPresent()) {
                boolean first = parameter.fallback() == null || ++optional <= SHOWN;
                (first ? shown : more).add(field(type, parameter, control.get(), locale));
            }
        }
        return new ActionForm(
                type.id(),
                types.title(type.id(), locale),
                words(type, type.title() + ".hint", "", locale),
                List.copyOf(shown),
                List.copyOf(more));
    }

    /** What the plugin says for a key, or else this. */
    private String words(JobType type, String key, String otherwise, Locale locale) {
        String text = types.text(type.id(), key, locale);
        return text.equals(key) ? otherwise : text;
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
            case IMAGE_LIST -> Optional.of("images");
            case LIVE_STREAM -> Optional.empty();
        };
    }

    private ActionField field(JobType type, Parameter parameter, String control, Locale locale) {
        return new ActionField(
                parameter.name(),
                types.text(type.id(), parameter.label(), locale),
                words(type, parameter.label() + ".hint", "", locale),
                control,
                parameter.fallback() == null ? "" : plain(parameter.fallback()),
                parameter.fallback() == null,
                parameter.min() == null ? "" : plain(parameter.min()),
                parameter.max() == null ? "" : plain(parameter.max()),
                parameter.choices().stream()
                        .map(choice ->
                                new Option(choice, words(type, parameter.label() + "." + choice, choice, locale)))
                        .toList());
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
