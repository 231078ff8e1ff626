package io.regie.core;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.regie.core.database.DatabaseUnavailableException;
import io.regie.core.database.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Starts the data directory, the database and the application, in that order, and stops them in reverse. */
@QuarkusMain
public final class Regie {

    private static final System.Logger LOG = System.getLogger(Regie.class.getName());
    private static volatile boolean exiting;

    public static void main(String... arguments) {
        try {
            int code;
            if (Rehearsal.asked(arguments)) {
                Path data = Rehearsal.prepare();
                try {
                    code = run(null, Rehearsal.class, arguments);
                } finally {
                    Rehearsal.cleanUp(data);
                }
            } else {
                refuseTakenPort();
                code = run(setting("regie.database.url", "REGIE_DATABASE_URL"), null, arguments);
            }
            exiting = true;
            System.exit(code);
        } catch (CannotStartException | DatabaseUnavailableException e) {
            exiting = true;
            System.err.println("Regie cannot start. " + e.getMessage());
            System.exit(1);
        }
    }

    /**
     * @param url of the database, null for our own
     * @param play what runs meanwhile and decides when to stop; null for until told to
     */
    private static int run(
            @Nullable String url, @Nullable Class<? extends QuarkusApplication> play, String... arguments) {
        try (DataDirectory data = DataDirectory.open(setting("regie.data", "REGIE_DATA"))) {
            System.setProperty("regie.data", data.path().toString());
            if (url != null) {
                String user = setting("regie.database.user", "REGIE_DATABASE_USER");
                String password = setting("regie.database.password", "REGIE_DATABASE_PASSWORD");
                useDatabase(url, user == null ? "regie" : user, password == null ? "" : password);
                return serve(play, arguments);
            }
            try (EmbeddedPostgres database = EmbeddedPostgres.start(data.path())) {
                database.keepRunning();
                useDatabase(database.jdbcUrl(), database.user(), database.password());
                return serve(play, arguments);
            }
        }
    }

    /**
     * A signal starts the JVM's shutdown, which must not overtake the database's last
     * checkpoint: a hook holds it until the main thread is through.
     */
    private static int serve(@Nullable Class<? extends QuarkusApplication> play, String... arguments) {
        Thread main = Thread.currentThread();
        AtomicInteger exitCode = new AtomicInteger();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitDatabaseStop(main), "await-database-stop"));
        Quarkus.run(
                play,
                (code, failure) -> {
                    exitCode.set(code);
                    if (failure != null) {
                        LOG.log(System.Logger.Level.ERROR, "The application ended", failure);
                    }
                },
                arguments);
        return exitCode.get();
    }

    private static void awaitDatabaseStop(Thread main) {
        try {
            // System.exit on the main thread parks it in here: then everything is stopped already.
            while (main.isAlive() && !exiting) {
                main.join(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void useDatabase(String url, String user, String password) {
        System.setProperty("quarkus.datasource.jdbc.url", url);
        System.setProperty("quarkus.datasource.username", user);
        System.setProperty("quarkus.datasource.password", password);
    }

    private static @Nullable String setting(String property, String variable) {
        String value = System.getProperty(property);
        return value != null ? value : System.getenv(variable);
    }

    /** Asked before the database starts, so that the answer is one clear line. */
    private static void refuseTakenPort() {
        String chosen = setting("quarkus.http.port", "REGIE_PORT");
        int port = chosen == null ? 8080 : Integer.parseInt(chosen);
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new CannotStartException(
                    "Port " + port + " is taken. Stop what uses it, or choose another with REGIE_PORT.");
        }
    }
}
