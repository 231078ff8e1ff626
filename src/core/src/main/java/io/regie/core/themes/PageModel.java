package io.regie.core.themes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a template sees: strings, numbers, booleans, lists and maps, copied, so that nothing a template touches can do or
 * change anything. Any other type is a defect of the page that offers it.
 */
public final class PageModel {

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    public PageModel put(String name, @Nullable Object value) {
        values.put(name, copy(name, value));
        return this;
    }

    Map<String, @Nullable Object> values() {
        return values;
    }

    private static @Nullable Object copy(String path, @Nullable Object value) {
        if (value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double
                || value instanceof SafeHtml) {
            return value;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copied = new ArrayList<>(list.size());
            for (Object item : list) {
                copied.add(copy(path + "[]", item));
            }
            return Collections.unmodifiableList(copied);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copied = new LinkedHashMap<>();
            map.forEach((key, item) -> copied.put((String) key, copy(path + "." + key, item)));
            return Collections.unmodifiableMap(copied);
        }
        throw new IllegalArgumentException(
                path + " is a " + value.getClass().getName() + ", which templates never see");
    }
}
