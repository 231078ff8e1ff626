package io.regie.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    @TempDir
    Path data;

    @BeforeEach
    void letTheDatabaseAccountPass() throws IOException {
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Test
    void keepsWhatItAcknowledged() throws SQLException {
        try (EmbeddedPostgres database = EmbeddedPostgres.start(data);
                Connection connection = connect(database, database.password())) {
            for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                assertThat(show(connection, setting)).as(setting).isEqualTo("on");
            }
        }
    }

    @Test
    void refusesConnectionsWithoutThePassword() {
        try (EmbeddedPostgres database = EmbeddedPostgres.start(data)) {
            assertThatThrownBy(() -> connect(database, "").close()).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> connect(database, "wrong").close()).hasMessageContaining("password");
        }
    }

    @Test
    void listensOnLoopbackOnly() throws SQLException {
        try (EmbeddedPostgres database = EmbeddedPostgres.start(data);
                Connection connection = connect(database, database.password())) {
            assertThat(show(connection, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(show(connection, "unix_socket_directories")).isEmpty();
        }
    }

    @Test
    void adoptsTheDatabaseOfAServerThatWasKilled() throws SQLException, IOException {
        EmbeddedPostgres killed = EmbeddedPostgres.start(data);
        String process =
                Files.readAllLines(data.resolve("database/postmaster.pid")).get(0);
        try (EmbeddedPostgres adopting = EmbeddedPostgres.start(data);
                Connection connection = connect(adopting, adopting.password())) {
            assertThat(adopting.jdbcUrl()).isEqualTo(killed.jdbcUrl());
            assertThat(Files.readAllLines(data.resolve("database/postmaster.pid"))
                            .get(0))
                    .isEqualTo(process);
            assertThat(show(connection, "fsync")).isEqualTo("on");
        }
    }

    @Test
    void startsAfterTheDatabaseItselfWasKilled() throws Exception {
        EmbeddedPostgres first = EmbeddedPostgres.start(data);
        try (Connection connection = connect(first, first.password())) {
            connection.createStatement().execute("create table kept (id int)");
        }
        kill();
        try (EmbeddedPostgres again = EmbeddedPostgres.start(data);
                Connection connection = connect(again, again.password());
                ResultSet rows = connection.createStatement().executeQuery("select count(*) from kept")) {
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    void comesBackWhenItEndsWhileItIsKeptRunning() throws Exception {
        try (EmbeddedPostgres database = EmbeddedPostgres.start(data)) {
            database.keepRunning();
            kill();
            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
                try (Connection connection = connect(database, database.password())) {
                    assertThat(show(connection, "fsync")).isEqualTo("on");
                }
            });
        }
        assertThat(data.resolve("database/postmaster.pid")).doesNotExist();
    }

    private void kill() throws Exception {
        long process = Long.parseLong(
                Files.readAllLines(data.resolve("database/postmaster.pid")).get(0));
        ProcessHandle postmaster = ProcessHandle.of(process).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().get();
    }

    private static Connection connect(EmbeddedPostgres database, String password) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), password);
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (ResultSet rows = connection.createStatement().executeQuery("show " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
