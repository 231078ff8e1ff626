package io.regie.core.uploads;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.settings.Installation;
import io.regie.core.storage.Disk;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of uploads, one for each, named by its id. A file's length is the truth about its offset, as far as the
 * bytes can be believed: those beyond the acknowledged ones only on the same boot of the machine, because a power cut
 * may have left holes, and only without a checksum that was never compared.
 */
@Singleton
class UploadFiles {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String PUBLISHING = ".publishing";
    private static final Pattern NAME =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\\.publishing)?");

    private final Path directory;
    private final Disk disk;
    private final long floor;
    private final String boot;
    /** Of files that grew in this process; the others are hashed when they are complete. */
    private final ConcurrentMap<UUID, Hash> hashes = new ConcurrentHashMap<>();

    private record Hash(long offset, MessageDigest digest) {}

    @Inject
    UploadFiles(Installation installation, UploadConfig config) {
        this(
                installation.data().toAbsolutePath().normalize().resolve("uploads"),
                Disk.REAL,
                config.freeSpaceFloor().asLongValue());
    }

    UploadFiles(Path directory, Disk disk, long floor) {
        this.directory = directory;
        this.disk = disk;
        this.floor = floor;
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            this.boot = Files.exists(BOOT_ID)
                    ? Files.readString(BOOT_ID).strip()
                    : UUID.randomUUID().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@link Uploads#begin} is told about bytes that count as they arrive. */
    String boot() {
        return boot;
    }

    Path path(UUID id) {
        return directory.resolve(id.toString());
    }

    /** @throws ProblemException when so many bytes would not fit */
    void requireRoomFor(long bytes) throws IOException {
        if (disk.usableBytes(directory) - floor < bytes) {
            throw new ProblemException(ProblemType.NO_SPACE, "no-space");
        }
    }

    void create(UUID id) throws IOException {
        FileChannel.open(
                        path(id),
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                .close();
    }

    /** @throws ProblemException {@code GONE} when acknowledged bytes are missing */
    long offset(UploadRow row) throws IOException {
        long size;
        try {
            size = Files.size(path(row.id()));
        } catch (NoSuchFileException e) {
            size = -1;
        }
        if (size < row.acknowledged()) {
            throw new ProblemException(ProblemType.GONE, "uploads.gone");
        }
        return boot.equals(row.boot()) ? size : row.acknowledged();
    }

    /** Opens a file for more; whatever lies beyond the offset is cut off. */
    GrowingFile open(UUID id, long offset, @Nullable MessageDigest part) throws IOException {
        Path path = path(id);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        try {
            channel.truncate(offset);
            channel.position(offset);
            return new GrowingFile(path, channel, disk, floor, offset, takeHash(id, offset), part);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private @Nullable MessageDigest takeHash(UUID id, long offset) {
        Hash known = hashes.remove(id);
        if (offset == 0) {
            return digest("SHA-256");
        }
        return known != null && known.offset() == offset ? known.digest() : null;
    }

    /** Keeps the running hash until the next request. */
    void remember(UUID id, GrowingFile file) {
        MessageDigest digest = file.whole();
        if (digest != null) {
            hashes.put(id, new Hash(file.size(), digest));
        }
    }

    /** The hash of a complete file, where it was computed while the bytes arrived. */
    Optional<String> hash(UUID id, long length) {
        Hash known = hashes.get(id);
        if (known == null || known.offset() != length) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    HexFormat.of().formatHex(((MessageDigest) known.digest().clone()).digest()));
        } catch (CloneNotSupportedException e) {
            return Optional.empty();
        }
    }

    /**
     * A second name for a complete file, for storage to take away: the first one stays until the outcome is committed,
     * so a crash in between loses nothing.
     */
    Path secondName(UUID id) throws IOException {
        Path second = directory.resolve(id + PUBLISHING);
        Files.deleteIfExists(second);
        return Files.createLink(second, path(id));
    }

    void delete(UUID id) throws IOException {
        hashes.remove(id);
        Files.deleteIfExists(directory.resolve(id + PUBLISHING));
        Files.deleteIfExists(path(id));
    }

    /** Uploads with a file that nobody has touched since. */
    List<UUID> untouchedSince(Instant time) throws IOException {
        List<UUID> ids = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                // What somebody else put here is theirs.
                if (name.matches() && isOlder(file, time)) {
                    ids.add(UUID.fromString(name.group(1)));
                }
            }
        }
        return ids;
    }

    private static boolean isOlder(Path file, Instant time) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(time);
        } catch (NoSuchFileException finishedMeanwhile) {
            return false;
        }
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
