package io.regie.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regie.core.problem.ProblemType;
import io.regie.core.process.Privileges;
import java.io.IOException;
import java.io.SyncFailedException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageTest extends StorageContract {

    @TempDir
    Path root;

    private final WatchedDisk disk = new WatchedDisk();
    private LocalStorage storage;

    @BeforeEach
    void open() {
        storage = new LocalStorage(root, disk);
    }

    @Override
    Storage storage() {
        return storage;
    }

    @Test
    void syncsTheBytesThenRenamesThenSyncsTheName() throws Exception {
        Path file = file(new byte[10]);
        disk.steps.clear();
        Stored stored = storage.take(file, "mp4");
        Path published = storage.localFile(stored.key());
        Path second = published.getParent();
        Path first = second.getParent();
        // Each step with how many files were published by then.
        assertThat(disk.steps)
                .containsExactly(
                        "sync " + file + " 0", "sync " + root + " 0", "sync " + first + " 0", "sync " + second + " 1");
    }

    @Test
    void discardsAFileThatCannotBeMadeDurable() throws Exception {
        Path file = file(new byte[10]);
        disk.fails = true;
        assertThatThrownBy(() -> storage.take(file, "mp4")).isInstanceOf(SyncFailedException.class);
        assertThat(file).doesNotExist();
        assertThat(published()).isZero();
        Path copied = file(new byte[10]);
        assertThatThrownBy(() -> storage.copy(copied, "mp4")).isInstanceOf(SyncFailedException.class);
        assertThat(copied).exists();
        assertThat(published()).isZero();
        assertThat(storage.unpublished()).isEmpty();
    }

    @Test
    void sealsWhatItPublishes() throws Exception {
        Path file = file(new byte[10]);
        if (Privileges.root()) {
            Privileges.give(file, Privileges.WORKER_ID);
        }
        Path published = storage.localFile(storage.take(file, "mp4").key());
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(published));
        if (Privileges.root()) {
            assertThat(permissions).isEqualTo("r--r-----");
            assertThat(Files.getAttribute(published, "unix:uid")).isEqualTo(0);
            assertThat(Files.getAttribute(published, "unix:gid")).isEqualTo(Privileges.WORKER_ID);
        } else {
            assertThat(permissions).isEqualTo("r--------");
        }
    }

    @Test
    void copiesFromAnotherFileSystem() throws Exception {
        Path otherFileSystem = Path.of("/dev/shm");
        Path file = Files.write(Files.createTempFile(otherFileSystem, "regie", ""), new byte[100_000]);
        Stored stored = storage.take(file, "mp4");
        assertThat(file).doesNotExist();
        assertThat(storage.localFile(stored.key())).hasSize(100_000);
        assertThat(stored.sha256()).isEqualTo(sha256(new byte[100_000]));
        assertThat(storage.unpublished()).isEmpty();
    }

    @Test
    void saysThatTheDiskIsFull() throws Exception {
        // Every write to this device fails as on a full disk.
        Path full = Path.of("/dev/full");
        IOException failure;
        try (FileChannel channel = FileChannel.open(full, java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.allocate(10));
            throw new AssertionError("/dev/full took bytes");
        } catch (IOException e) {
            failure = NoSpaceException.of(e, root);
        }
        assertThat(failure).isInstanceOf(NoSpaceException.class);
        assertThat(((NoSpaceException) failure).problem().type()).isEqualTo(ProblemType.NO_SPACE);
    }

    private long published() {
        try (Stream<Path> files = storage.files()) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Remembers what was synced, and whether the file had its final name by then. */
    private final class WatchedDisk implements Disk {

        final List<String> steps = new ArrayList<>();
        boolean fails;

        @Override
        public void sync(Path file) throws IOException {
            steps.add("sync " + file + " " + published());
            if (fails) {
                throw new IOException("Input/output error");
            }
            REAL.sync(file);
        }

        @Override
        public void sync(FileChannel file) throws IOException {
            REAL.sync(file);
        }

        @Override
        public long usableBytes(Path place) throws IOException {
            return REAL.usableBytes(place);
        }
    }
}
