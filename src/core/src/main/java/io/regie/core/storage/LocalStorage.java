package io.regie.core.storage;

import io.regie.core.process.Privileges;
import io.regie.core.settings.Installation;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.SyncFailedException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Published files in a local directory. A file is published in this order, so that a power cut leaves it whole or
 * absent: everything in a name nobody knows, sync, rename, sync of the directory; the caller's commit comes after.
 * Files belong to the server and are read-only; as root, workers may read them through their group.
 */
@Singleton
class LocalStorage implements Storage {

    /** Of other file systems: bytes on their way in, under names that are no keys. */
    static final String INCOMING = "incoming";

    static final Pattern KEY = Pattern.compile("([0-9a-f]{2})/([0-9a-f]{2})/[0-9a-f]{32}-[0-9a-f]{16}\\.[a-z0-9]{1,8}");

    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,8}");
    private static final int BLOCK = 1 << 18;

    private final Path root;
    private final Disk disk;
    private final SecureRandom random = new SecureRandom();

    @Inject
    LocalStorage(Installation installation) {
        this(installation.data().toAbsolutePath().normalize().resolve("storage"), Disk.REAL);
    }

    LocalStorage(Path root, Disk disk) {
        this.root = root;
        this.disk = disk;
        try {
            createDirectory(root);
            createDirectory(root.resolve(INCOMING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Stored take(Path file, String extension) throws IOException {
        requireRegular(file);
        return publish(file, extension, hash(file));
    }

    @Override
    public Stored take(Path file, String extension, String sha256) throws IOException {
        requireRegular(file);
        return publish(file, extension, sha256);
    }

    @Override
    public Stored copy(Path file, String extension) throws IOException {
        Path incoming = incoming();
        try {
            String sha256 = copyTo(file, incoming);
            return publish(incoming, extension, sha256);
        } catch (IOException e) {
            Files.deleteIfExists(incoming);
            throw e instanceof SyncFailedException ? e : NoSpaceException.of(e, root);
        }
    }

    @Override
    public Path localFile(String key) throws IOException {
        Path file = path(key);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(key);
        }
        return file;
    }

    @Override
    public boolean exists(String key) {
        return Files.isRegularFile(path(key), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(path(key));
    }

    /** Every published file, whoever still needs it; closed by the caller. */
    Stream<Path> files() throws IOException {
        return Files.walk(root, 3).filter(path -> KEY.matcher(key(path)).matches());
    }

    /** What never became a published file. */
    Stream<Path> unpublished() throws IOException {
        return Files.list(root.resolve(INCOMING));
    }

    String key(Path file) {
        return root.relativize(file).toString();
    }

    /** The one way from a key to a path: only what {@link #newKey} could have made gets through. */
    private Path path(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("Not a storage key: " + key);
        }
        return root.resolve(key);
    }

    private Stored publish(Path file, String extension, String sha256) throws IOException {
        String key = newKey(extension, sha256);
        Path target = path(key);
        try {
            seal(file);
            sync(file);
            long bytes = Files.size(file);
            Path directory = createParents(target);
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            syncOrDiscard(directory, target);
            return new Stored(key, bytes, sha256);
        } catch (AtomicMoveNotSupportedException otherFileSystem) {
            Stored stored = copy(file, extension);
            Files.delete(file);
            return stored;
        } catch (SyncFailedException discarded) {
            throw discarded;
        } catch (IOException e) {
            throw NoSpaceException.of(e, root);
        }
    }

    private void sync(Path file) throws IOException {
        syncOrDiscard(file, file);
    }

    private void syncOrDiscard(Path synced, Path file) throws IOException {
        try {
            disk.sync(synced);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            SyncFailedException failed = new SyncFailedException("Discarded " + file.getFileName());
            failed.initCause(e);
            throw failed;
        }
    }

    /** From now on nobody changes it: a worker that wrote it has no right to it any more. */
    private static void seal(Path file) throws IOException {
        if (Privileges.root()) {
            Files.setAttribute(file, "unix:uid", 0, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:gid", Privileges.WORKER_ID, LinkOption.NOFOLLOW_LINKS);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
        } else {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        }
    }

    private Path createParents(Path target) throws IOException {
        Path second = target.getParent();
        Path first = second.getParent();
        for (Path directory : new Path[] {first, second}) {
            if (createDirectory(directory)) {
                disk.sync(directory.getParent());
            }
        }
        return second;
    }

    private static boolean createDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return false;
        }
        Files.createDirectories(directory);
        if (Privileges.root()) {
            Files.setAttribute(directory, "unix:gid", Privileges.WORKER_ID);
            // Workers pass to the file they were given and list nothing.
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x---"));
        } else {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        return true;
    }

    private Path incoming() {
        return root.resolve(INCOMING).resolve(randomHex());
    }

    private String newKey(String extension, String sha256) {
        if (!EXTENSION.matcher(extension).matches()) {
            throw new IllegalArgumentException("Not an extension: " + extension);
        }
        String name = randomHex();
        return name.substring(0, 2) + "/" + name.substring(2, 4) + "/" + name + "-" + sha256.substring(0, 16) + "."
                + extension;
    }

    private String randomHex() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** A link instead of a file would publish whatever it points to. */
    private static void requireRegular(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString(), null, "not a regular file");
        }
    }

    private static String hash(Path file) throws IOException {
        return read(file, null);
    }

    private static String copyTo(Path file, Path target) throws IOException {
        try (FileChannel copy = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            return read(file, copy);
        }
    }

    /** Hashes a file and copies it where a copy is wanted, in one reading. */
    private static String read(Path file, @Nullable FileChannel copy) throws IOException {
        MessageDigest digest = sha256();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        try (SeekableByteChannel from =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            while (from.read(block) >= 0) {
                block.flip();
                digest.update(block.duplicate());
                while (copy != null && block.hasRemaining()) {
                    copy.write(block);
                }
                block.clear();
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
