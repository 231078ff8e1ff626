package io.regie.core.database;

import io.regie.core.process.Privileges;
import io.regie.core.process.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A real PostgreSQL in the data directory, with every durability setting on.
 *
 * <ol>
 *   <li>The binaries are unpacked once, beside their final name, and renamed.
 *   <li>{@code initdb} runs into a temporary directory that is renamed when it succeeded: a half-made cluster never
 *       stands where a whole one is expected.
 *   <li>A PostgreSQL left by a killed server is adopted; there are never two on one directory.
 * </ol>
 *
 * <p>It listens on the loopback address only and asks for a random password. Not thread-safe: the main thread starts
 * and stops it.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String USER = "regie";
    private static final System.Logger LOG = System.getLogger(EmbeddedPostgres.class.getName());

    private final Path data;
    private final Path cluster;
    private final Path binaries;
    private final String password;
    private final int port;

    private EmbeddedPostgres(Path data) throws IOException {
        this.data = data;
        this.cluster = data.resolve("database");
        this.binaries = PostgresBinaries.unpackInto(data.resolve("runtime"));
        this.password = password(data.resolve("database.password"));
        if (!Files.exists(cluster)) {
            initialise();
        }
        this.port = running() ? portInUse() : start();
    }

    /**
     * Starts or adopts the database.
     *
     * @param data the data directory; exists, and its lock is held by the caller
     * @throws DatabaseUnavailableException with a sentence for the operator
     */
    public static EmbeddedPostgres start(Path data) {
        try {
            return new EmbeddedPostgres(data.toAbsolutePath());
        } catch (IOException e) {
            throw new DatabaseUnavailableException("The database in " + data + " does not start: " + e.getMessage(), e);
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /** Stops it, waiting for its last checkpoint. */
    @Override
    public void close() {
        try {
            Programs.Ended ended = control("stop", "-m", "fast", "-w");
            if (!ended.ok()) {
                LOG.log(System.Logger.Level.WARNING, "PostgreSQL did not stop: {0}", ended.output());
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "PostgreSQL did not stop", e);
        }
    }

    private void initialise() throws IOException {
        Path half = data.resolve("database.new");
        Directories.deleteTree(half);
        Files.createDirectory(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path passwordFile = data.resolve("database.password.initdb");
        Files.writeString(passwordFile, password);
        if (Privileges.root()) {
            Privileges.give(half, PostgresAccount.id());
            Privileges.give(passwordFile, PostgresAccount.id());
        }
        try {
            Programs.Ended ended = asDatabaseAccount(List.of(
                    program("initdb"),
                    "-D",
                    half.toString(),
                    "-U",
                    USER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--data-checksums"));
            if (!ended.ok()) {
                throw new IOException("initdb failed: " + ended.output());
            }
        } finally {
            Files.delete(passwordFile);
        }
        try {
            Files.move(half, cluster, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the data directory must be one file system", e);
        }
    }

    private int start() throws IOException {
        IOException last = new IOException("no free port");
        // Between choosing a port and binding it somebody else may take it; a few tries are plenty.
        for (int i = 0; i < 3; i++) {
            int free = freePort();
            String options = String.join(
                    " ",
                    "-p",
                    Integer.toString(free),
                    "-c listen_addresses=127.0.0.1",
                    "-c unix_socket_directories=",
                    "-c fsync=on",
                    "-c synchronous_commit=on",
                    "-c full_page_writes=on",
                    "-c max_connections=60",
                    "-c shared_buffers=64MB",
                    "-c log_min_messages=warning");
            Programs.Ended ended = control(
                    "start",
                    "-w",
                    "-t",
                    "50",
                    "-l",
                    cluster.resolve("server.log").toString(),
                    "-o",
                    options);
            if (ended.ok()) {
                return free;
            }
            last = new IOException(ended.output() + " (see database/server.log)");
        }
        throw last;
    }

    private boolean running() throws IOException {
        return control("status").ok();
    }

    /** From postmaster.pid, whose fourth line is the port (PostgreSQL documentation, "Database File Layout"). */
    private int portInUse() throws IOException {
        List<String> lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
        return Integer.parseInt(lines.get(3).strip());
    }

    private Programs.Ended control(String action, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(program("pg_ctl"), action, "-D", cluster.toString()));
        command.addAll(List.of(more));
        return asDatabaseAccount(command);
    }

    private Programs.Ended asDatabaseAccount(List<String> command) throws IOException {
        List<String> full = Privileges.root() ? Privileges.dropTo(PostgresAccount.id(), command) : command;
        return Programs.run(full, Path.of("/"), Map.of("LC_ALL", "C.UTF-8", "TZ", "UTC"), PATIENCE);
    }

    private String program(String name) {
        return binaries.resolve("bin").resolve(name).toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Path fresh = Files.createTempFile(file.getParent(), "password", null); // created 0600
            Files.writeString(fresh, HexFormat.of().formatHex(random));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }
}
