package io.regie.core.database;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, shipped inside a jar as {@code postgres-<os>-<arch>.txz}. */
final class PostgresBinaries {

    /** Names the directory, so that an update of the artifact unpacks anew. */
    private static final String VERSION = "18.4.0";

    private PostgresBinaries() {}

    static Path unpackInto(Path runtime) throws IOException {
        Path home = runtime.resolve("postgresql-" + VERSION);
        if (Files.exists(home)) {
            return home;
        }
        Files.createDirectories(runtime);
        Path half = runtime.resolve("postgresql.new");
        Directories.deleteTree(half);
        Files.createDirectory(half);
        try (InputStream archive = open();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = half.resolve(entry.getName()).normalize();
                if (!target.startsWith(half)) {
                    throw new IOException("Entry outside the archive: " + entry.getName());
                }
                unpack(tar, entry, target);
            }
        }
        // PostgreSQL's account must pass even where root's umask is strict.
        Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
        return home;
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        boolean program = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static InputStream open() throws IOException {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String arch =
                switch (System.getProperty("os.arch")) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64" -> "arm_64";
                    default -> System.getProperty("os.arch");
                };
        String name = "postgres-" + os + "-" + arch + ".txz";
        InputStream found = PostgresBinaries.class.getClassLoader().getResourceAsStream(name);
        if (found == null) {
            throw new FileNotFoundException(
                    "no embedded PostgreSQL for this platform; set REGIE_DATABASE_URL to use your own");
        }
        return found;
    }
}
