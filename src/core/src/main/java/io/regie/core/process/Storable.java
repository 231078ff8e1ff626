package io.regie.core.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/**
 * Texts as a database can keep them. Media files hold anything, also NUL and half surrogate pairs, which JSON can say
 * and PostgreSQL cannot store.
 */
final class Storable {
    private static final char REPLACEMENT = '\uFFFD';

    private Storable() {}

    /** The same JSON, changed in place where a text cannot be kept. */
    static JsonNode text(JsonNode json) {
        if (json instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                field.setValue(text(field.getValue()));
            }
            object.properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(name -> !name.equals(clean(name)))
                    .toList()
                    .forEach(object::remove);
        } else if (json instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, text(array.get(i)));
            }
        } else if (json.isTextual()) {
            String clean = clean(json.textValue());
            return clean.equals(json.textValue()) ? json : TextNode.valueOf(clean);
        }
        return json;
    }

    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            clean.appendCodePoint(point == 0 || half ? REPLACEMENT : point);
        });
        return clean.toString();
    }
}
