package io.regie.core.events;

import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Publishes through PostgreSQL: its notifications belong to the transaction, leave when it commits, and reach every
 * node, this one too.
 */
@Singleton
class EventService implements Events {

    private final AgroalDataSource database;

    EventService(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public void publish(Hint hint) {
        try (Connection connection = database.getConnection();
                PreparedStatement notify = connection.prepareStatement("select pg_notify(?, ?)")) {
            notify.setString(1, Notification.CHANNEL);
            notify.setString(2, Notification.write(hint));
            notify.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
