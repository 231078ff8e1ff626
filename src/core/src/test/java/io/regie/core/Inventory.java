package io.regie.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server has, as its database and its disk tell it without asking the server.
 *
 * @param data the server's directory
 */
record Inventory(Path data) {

    /** A connection of its own to the embedded database. */
    Connection database() throws Exception {
        String port = Files.readAllLines(data.resolve("database/postmaster.pid"))
                .get(3)
                .strip();
        String password = Files.readString(data.resolve("database.password")).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "regie", password);
    }

    /** The keys of all stored files that a row names. */
    Set<String> named() throws Exception {
        Set<String> named = new TreeSet<>();
        try (Connection connection = database();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery(
                                """
                        select original_key from media_article where original_key is not null
                        union select storage_key from rendition where storage_key is not null
                        union select storage_key from attachment""")) {
            while (rows.next()) {
                named.add(rows.getString(1));
            }
        }
        return named;
    }

    /** How many jobs wait or run. */
    int activeJobs() throws Exception {
        try (Connection connection = database();
                ResultSet count = connection
                        .createStatement()
                        .executeQuery("select count(*) from job where state in ('QUEUED', 'RUNNING')")) {
            count.next();
            return count.getInt(1);
        }
    }

    /** The keys of all stored files that are there. */
    Set<String> stored() throws IOException {
        Path storage = data.resolve("storage");
        return files("storage").stream()
                .map(file -> storage.relativize(file).toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every file in a directory and those below it. */
    Set<Path> files(String directory) throws IOException {
        Path top = data.resolve(directory);
        if (!Files.exists(top)) {
            return Set.of();
        }
        try (Stream<Path> tree = Files.walk(top)) {
            return tree.filter(Files::isRegularFile).collect(Collectors.toSet());
        }
    }
}
