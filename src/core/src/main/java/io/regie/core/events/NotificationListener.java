package io.regie.core.events;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Holds the one connection on which this node hears of everything. */
@Singleton
class NotificationListener {

    private static final System.Logger LOG = System.getLogger(NotificationListener.class.getName());
    private static final Duration LISTEN = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final AgroalDataSource database;
    private final EventStreams streams;
    private final Thread thread = new Thread(this::run, "events-listener");
    private volatile boolean stopped;

    NotificationListener(AgroalDataSource database, EventStreams streams) {
        this.database = database;
        this.streams = streams;
    }

    void start(@Observes StartupEvent started) {
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent stopping) {
        stopped = true;
        thread.interrupt();
    }

    private void run() {
        while (!stopped) {
            try {
                listen();
            } catch (SQLException | RuntimeException e) {
                if (!stopped) {
                    LOG.log(System.Logger.Level.WARNING, "Hints are interrupted: {0}", e.getMessage());
                    // What was published meanwhile is lost: clients that connect again fetch everything again.
                    streams.closeAll();
                    pause();
                }
            }
        }
    }

    private void listen() throws SQLException {
        try (Connection connection = database.getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("listen " + Notification.CHANNEL);
            }
            PGConnection postgres = connection.unwrap(PGConnection.class);
            while (!stopped) {
                PGNotification[] notifications = postgres.getNotifications((int) LISTEN.toMillis());
                if (notifications != null) {
                    for (PGNotification notification : notifications) {
                        hear(notification.getParameter());
                    }
                }
            }
            // The connection goes back to the others.
            try (Statement statement = connection.createStatement()) {
                statement.execute("unlisten *");
            }
        }
    }

    private void hear(String payload) {
        try {
            streams.send(Notification.read(payload));
        } catch (RuntimeException e) {
            // From a newer version; the connection is fine.
            LOG.log(System.Logger.Level.WARNING, "A hint cannot be read: {0}", e.getMessage());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
