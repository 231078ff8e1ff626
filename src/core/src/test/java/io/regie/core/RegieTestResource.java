package io.regie.core;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.regie.core.database.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A fresh data directory with the real database in it, for every test of the application. */
public final class RegieTestResource implements QuarkusTestResourceLifecycleManager {

    private Path data;
    private EmbeddedPostgres database;

    @Override
    public Map<String, String> start() {
        try {
            // Not under target: a root test's database account must be able to enter.
            data = Files.createTempDirectory("regie-test");
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database = EmbeddedPostgres.start(data);
        Map<String, String> config = new HashMap<>();
        config.put("regie.data", data.toString());
        config.put("regie.home", Path.of("target/regie").toAbsolutePath().toString());
        config.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
        config.put("quarkus.datasource.username", database.user());
        config.put("quarkus.datasource.password", database.password());
        // A busy machine takes its time to start a worker.
        config.put("regie.media.estimate-patience", "PT1M");
        return config;
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
        }
        try (Stream<Path> tree = Files.walk(data)) {
            tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
