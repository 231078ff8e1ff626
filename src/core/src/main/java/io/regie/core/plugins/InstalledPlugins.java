package io.regie.core.plugins;

import io.regie.core.database.Sql;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plugins that are here, those that were refused too. */
@Singleton
public class InstalledPlugins {

    private final Sql sql;

    InstalledPlugins(Sql sql) {
        this.sql = sql;
    }

    /**
     * One plugin.
     *
     * @param name its id, or the name of its file when it never said one
     * @param failure why it was refused, or null when it works
     */
    public record PluginState(String name, @Nullable String version, boolean enabled, @Nullable String failure) {}

    public List<PluginState> list() {
        return sql.list(
                "SELECT coalesce(id, file_name), version, enabled, failure FROM plugin ORDER BY 1",
                row -> new PluginState(row.getString(1), row.getString(2), row.getBoolean(3), row.getString(4)));
    }
}
