package io.regie.core.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** As whom PostgreSQL runs when the server is root; it refuses root and ids without a name. */
final class PostgresAccount {

    private static final int NOBODY = 65534;

    private PostgresAccount() {}

    static int id() throws IOException {
        int nobody = NOBODY;
        for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
            String[] fields = line.split(":");
            if (fields.length > 3 && fields[0].equals("postgres")) {
                return Integer.parseInt(fields[2]);
            }
            if (fields.length > 3 && fields[0].equals("nobody")) {
                nobody = Integer.parseInt(fields[2]);
            }
        }
        return nobody;
    }
}
