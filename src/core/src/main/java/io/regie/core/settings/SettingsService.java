package io.regie.core.settings;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes settings. Reading is cheap enough for every request: they are all kept in memory, for five seconds,
 * which is how long another node's change takes to arrive.
 */
@ApplicationScoped
public class SettingsService {

    private static final System.Logger LOG = System.getLogger(SettingsService.class.getName());
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final AgroalDataSource database;
    private final InstantSource clock;
    private final Event<SettingChanged> changes;
    private volatile Snapshot snapshot = new Snapshot(Map.of(), Instant.MIN);

    private record Snapshot(Map<String, String> values, Instant until) {}

    SettingsService(AgroalDataSource database, InstantSource clock, Event<SettingChanged> changes) {
        this.database = database;
        this.clock = clock;
        this.changes = changes;
    }

    /** May ask the database: not for the event loop. */
    public <T> T get(Setting<T> setting) {
        return parse(setting, values().get(setting.key()));
    }

    /** As it was when anything was last read here, however long ago. Never blocks. */
    <T> T remembered(Setting<T> setting) {
        return parse(setting, snapshot.values().get(setting.key()));
    }

    private static <T> T parse(Setting<T> setting, @Nullable String value) {
        if (value == null) {
            return setting.fallback();
        }
        try {
            return setting.parse().apply(value);
        } catch (IllegalArgumentException e) {
            // Written by a newer version, or by hand.
            LOG.log(System.Logger.Level.WARNING, "Setting {0} has an unknown value", setting.key());
            return setting.fallback();
        }
    }

    @Transactional
    public <T> void set(Setting<T> setting, T value) {
        try (Connection connection = database.getConnection();
                PreparedStatement upsert = connection.prepareStatement("insert into setting (key, value, changed)"
                        + " values (?, ?, ?) on conflict (key) do update set value = excluded.value,"
                        + " changed = excluded.changed")) {
            upsert.setString(1, setting.key());
            upsert.setString(2, setting.print().apply(value));
            upsert.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
            upsert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        changes.fire(new SettingChanged(setting.key()));
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) SettingChanged change) {
        // At once, because some who want to know cannot ask the database.
        snapshot = new Snapshot(read(), clock.instant().plus(FRESH));
    }

    private Map<String, String> values() {
        Snapshot known = snapshot;
        if (clock.instant().isBefore(known.until())) {
            return known.values();
        }
        Map<String, String> read = read();
        snapshot = new Snapshot(read, clock.instant().plus(FRESH));
        return read;
    }

    private Map<String, String> read() {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select key, value from setting");
                ResultSet rows = query.executeQuery()) {
            Map<String, String> values = new HashMap<>();
            while (rows.next()) {
                values.put(rows.getString(1), rows.getString(2));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
