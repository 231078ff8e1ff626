package io.regie.core;

import io.regie.core.process.Privileges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The one directory with everything that must survive, held by one server at a time. */
final class DataDirectory implements AutoCloseable {

    /** Where a root server keeps its data when the working directory is closed to unprivileged accounts. */
    private static final Path SYSTEM = Path.of("/var/lib/regie");

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Creates and locks the data directory.
     *
     * @param chosen by the operator, or null for {@code ./data}
     * @throws CannotStartException with the sentence for the operator
     */
    static DataDirectory open(@Nullable String chosen) {
        Path path = Path.of(chosen == null ? "data" : chosen).toAbsolutePath().normalize();
        try {
            create(path);
            if (Privileges.root() && !Privileges.canEnter(Privileges.WORKER_ID, path)) {
                if (chosen != null) {
                    throw new CannotStartException(path + " is closed to unprivileged accounts, as which Regie, started"
                            + " by root, runs its database and workers. Choose another directory with REGIE_DATA, or"
                            + " start Regie as an ordinary user.");
                }
                path = SYSTEM;
                create(path);
                System.out.println(
                        "The working directory is closed to unprivileged accounts; data goes to " + path + ".");
            }
            return new DataDirectory(path, lock(path));
        } catch (IOException e) {
            throw new CannotStartException("The data directory " + path + " cannot be used: " + e.getMessage());
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path path) throws IOException {
        if (!Files.exists(path)) {
            Files.createDirectories(path);
            // Others may pass to what is given to them, and list nothing.
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve("regie.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock();
        if (held == null) {
            channel.close();
            throw new CannotStartException("Another Regie already runs on " + path + ". Stop it first, or choose"
                    + " another directory with REGIE_DATA.");
        }
        return channel;
    }
}
