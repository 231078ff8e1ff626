package io.regie.core.database;

import io.regie.core.process.Privileges;
import io.regie.core.process.Programs;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
 * <p>It listens on the loopback address only and asks for a random password. The main thread starts and stops it; in
 * between it can be kept running.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    /** With less room than this, want of room is why nothing works. */
    private static final long NEARLY_NOTHING = 32L << 20;

    private static final String USER = "regie";
    private static final System.Logger LOG = System.getLogger(EmbeddedPostgres.class.getName());

    private final Path data;
    private final Path cluster;
    private final Path binaries;
    private final String password;
    private final int port;
    private volatile boolean closing;

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
            throw new DatabaseUnavailableException(
                    "The database in " + data + " does not start: " + fullDisk(data) + e.getMessage(), e);
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
    public synchronized void close() {
        closing = true;
        try {
            Programs.Ended ended = control("stop", "-m", "fast", "-w");
            if (!ended.ok()) {
                LOG.log(System.Logger.Level.WARNING, "PostgreSQL did not stop: {0}", ended.output());
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "PostgreSQL did not stop", e);
        }
    }

    /**
     * From now on starts it again whenever it ends before it is closed. A PostgreSQL whose log of changes cannot grow
     * ends, and cannot come back until there is room: what it had acknowledged is there then.
     */
    public void keepRunning() {
        Thread watchman = new Thread(this::watch, "database-watchman");
        watchman.setDaemon(true);
        watchman.start();
    }

    private void watch() {
        boolean down = false;
        while (!closing) {
            try {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            } catch (InterruptedException e) {
                return;
            }
            if (listens()) {
                continue;
            }
            down = startAgain(down);
        }
    }

    /** @param known whether its end has been told. @return whether it is still down */
    private synchronized boolean startAgain(boolean known) {
        if (closing) {
            return true;
        }
        if (!known) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "PostgreSQL has ended; {0}it is started again as soon as it can be (see database/server.log)",
                    fullDisk(data));
        }
        try {
            if (startOn(port).ok()) {
                LOG.log(System.Logger.Level.INFO, "PostgreSQL runs again");
                return false;
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "PostgreSQL does not start", e);
        }
        return true;
    }

    /** Also while it recovers from a crash; only where nobody listens it has ended. */
    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (ConnectException refused) {
            return false;
        } catch (IOException busy) {
            return true;
        }
    }

    /** The beginning of a sentence, or nothing. */
    private static String fullDisk(Path data) {
        long usable = data.toFile().getUsableSpace();
        return usable < NEARLY_NOTHING ? "its disk is full (" + usable + " bytes are left), make room; " : "";
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
            Programs.Ended ended = startOn(free);
            if (ended.ok()) {
                return free;
            }
            last = new IOException(ended.output() + " (see database/server.log)");
        }
        throw last;
    }

    private Programs.Ended startOn(int free) throws IOException {
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
        return control(
                "start", "-w", "-t", "50", "-l", cluster.resolve("server.log").toString(), "-o", options);
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
