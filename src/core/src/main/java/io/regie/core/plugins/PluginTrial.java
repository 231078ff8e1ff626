package io.regie.core.plugins;

import io.regie.core.database.Sql;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;

/** Loads the installed plugins once more, each in a worker of its own. */
@Singleton
public class PluginTrial {

    private final Sql sql;
    private final PluginRegistry registry;

    PluginTrial(Sql sql, PluginRegistry registry) {
        this.sql = sql;
        this.registry = registry;
    }

    private record Enabled(String id, String hash) {}

    /** Why not, by the ids of those that cannot be loaded any more. */
    public Map<String, String> failures() {
        Map<String, String> failures = new TreeMap<>();
        for (Enabled plugin : sql.list(
                "SELECT id, hash FROM plugin WHERE enabled AND failure IS NULL ORDER BY id",
                row -> new Enabled(row.getString(1), row.getString(2)))) {
            try {
                registry.describe(plugin.hash());
            } catch (PluginRefusedException e) {
                failures.put(plugin.id(), String.valueOf(e.getMessage()));
            }
        }
        return failures;
    }
}
