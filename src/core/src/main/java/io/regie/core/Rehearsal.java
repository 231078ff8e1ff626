package io.regie.core;

import io.quarkus.runtime.QuarkusApplication;
import io.regie.core.process.Trees;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;

/**
 * A start for nobody: on a temporary directory and a free port, asking for what visitors ask first, then stopping. The
 * build runs one to write the archive of classes that makes real starts fast; an operator may run one to see whether a
 * machine can run Regie.
 */
public final class Rehearsal implements QuarkusApplication {

    static final String ARGUMENT = "--rehearse";

    private static final int ATTEMPTS = 300;
    private static final int PAUSE = 200;

    static boolean asked(String... arguments) {
        return List.of(arguments).contains(ARGUMENT);
    }

    /** @return the directory to delete afterwards */
    static Path prepare() {
        try {
            Path data = Files.createTempDirectory("regie-rehearsal");
            // A root server's unprivileged accounts must be able to enter.
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
            System.setProperty("regie.data", data.toString());
            System.setProperty("regie.admin-email", "nobody@localhost");
            System.setProperty("regie.admin-password", UUID.randomUUID().toString());
            System.setProperty("quarkus.http.host", "127.0.0.1");
            try (ServerSocket free = new ServerSocket(0)) {
                System.setProperty("quarkus.http.port", Integer.toString(free.getLocalPort()));
            }
            return data;
        } catch (IOException e) {
            throw new CannotStartException("The rehearsal needs a temporary directory: " + e.getMessage());
        }
    }

    static void cleanUp(Path data) {
        try {
            Trees.delete(data);
        } catch (IOException e) {
            System.err.println("The rehearsal left " + data + " behind: " + e.getMessage());
        }
    }

    /** @return 0 when everything that makes Regie ready was */
    @Override
    public int run(String... arguments) throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (status("/q/health/ready") == 200) {
                return status("/") == 200 && status("/sign-in") == 200 && status("/api/v1/media") == 200 ? 0 : 1;
            }
            Thread.sleep(PAUSE);
        }
        System.err.println("Regie did not become ready.");
        return 1;
    }

    private static int status(String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + System.getProperty("quarkus.http.port") + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
