package io.regie.core.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The things that were asked for last, up to some count. For any number of threads. */
public final class Recent<K, V> {

    private final Map<K, V> kept;

    /** @param most how many of them */
    public Recent(int most) {
        kept = new LinkedHashMap<>(most, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    public synchronized @Nullable V get(K name) {
        return kept.get(name);
    }

    public synchronized void put(K name, V value) {
        kept.put(name, value);
    }
}
