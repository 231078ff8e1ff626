package io.regie.core.uploads;

import io.regie.core.database.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A real database with our migrations, started once for all tests that need no application around it. */
final class UploadDatabase {

    private static final DataSource SHARED = start();

    private UploadDatabase() {}

    static DataSource shared() {
        return SHARED;
    }

    private static DataSource start() {
        try {
            Path data = Files.createTempDirectory("regie-uploads");
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
            EmbeddedPostgres postgres = EmbeddedPostgres.start(data);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                postgres.close();
                deleteTree(data);
            }));
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(postgres.jdbcUrl());
            source.setUser(postgres.user());
            source.setPassword(postgres.password());
            Flyway.configure().dataSource(source).load().migrate();
            return source;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void deleteTree(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
