package io.regie.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepStorageTest {

    private static final Duration GRACE = Duration.ofHours(24);

    @TempDir
    Path root;

    @TempDir
    Path elsewhere;

    private final Rows rows = new Rows();
    private LocalStorage storage;
    private Duration later = GRACE.plusMinutes(1);

    @BeforeEach
    void open() {
        storage = new LocalStorage(root, Disk.REAL);
    }

    @Test
    void deletesOldFilesThatNoRowNames() throws Exception {
        Stored kept = store();
        Stored orphan = store();
        rows.keys.add(kept.key());
        assertThat(sweeper(rows).sweep()).isEqualTo(new SweepStorage.Swept(1, orphan.bytes(), 0));
        assertThat(storage.exists(kept.key())).isTrue();
        assertThat(storage.exists(orphan.key())).isFalse();
        assertThat(sweeper(rows).sweep()).isEqualTo(new SweepStorage.Swept(0, 0, 0));
    }

    @Test
    void waitsForTheRowOfAYoungFile() throws Exception {
        Stored young = store();
        later = GRACE.minusMinutes(1);
        assertThat(sweeper(rows).sweep().deleted()).isZero();
        assertThat(storage.exists(young.key())).isTrue();
    }

    @Test
    void countsAgeFromPublishingNotFromTheLastByte() throws Exception {
        Path file = Files.write(Files.createTempFile(elsewhere, "file", ""), new byte[5]);
        Files.setLastModifiedTime(
                file, java.nio.file.attribute.FileTime.from(Instant.now().minus(Duration.ofDays(30))));
        Stored stored = storage.take(file, "mp4");
        later = GRACE.minusMinutes(1);
        assertThat(sweeper(rows).sweep().deleted()).isZero();
        assertThat(storage.exists(stored.key())).isTrue();
    }

    @Test
    void asksEveryFeature() throws Exception {
        Stored stored = store();
        Rows others = new Rows();
        others.keys.add(stored.key());
        assertThat(sweeper(rows, others).sweep().deleted()).isZero();
    }

    @Test
    void deletesNothingWhenNobodySaysWhatIsNeeded() throws Exception {
        Stored stored = store();
        assertThat(sweeper().sweep().deleted()).isZero();
        assertThat(storage.exists(stored.key())).isTrue();
    }

    @Test
    void reportsRowsWhoseFileIsMissing() throws Exception {
        Stored stored = store();
        rows.keys.add(stored.key());
        storage.delete(stored.key());
        assertThat(sweeper(rows).sweep()).isEqualTo(new SweepStorage.Swept(0, 0, 1));
    }

    @Test
    void deletesWhatNeverBecameAFile() throws Exception {
        Path abandoned = Files.write(root.resolve(LocalStorage.INCOMING).resolve("half"), new byte[7]);
        assertThat(sweeper(rows).sweep()).isEqualTo(new SweepStorage.Swept(1, 7, 0));
        assertThat(abandoned).doesNotExist();
    }

    @Test
    void getsThroughMoreThanOneBatch() throws Exception {
        for (int i = 0; i < 1200; i++) {
            Path directory = Files.createDirectories(root.resolve("aa").resolve(String.format("%02x", i % 256)));
            String name = String.format("%032x-%016x.jpg", i, i);
            Files.createFile(directory.resolve(name));
            if (i % 3 == 0) {
                rows.keys.add(storage.key(directory.resolve(name)));
            }
        }
        assertThat(sweeper(rows).sweep()).isEqualTo(new SweepStorage.Swept(800, 0, 0));
    }

    private Stored store() throws Exception {
        return storage.take(Files.write(Files.createTempFile(elsewhere, "file", ""), new byte[5]), "mp4");
    }

    private SweepStorage sweeper(StorageReferences... features) {
        return new SweepStorage(
                storage, List.of(features), () -> GRACE, () -> Instant.now().plus(later));
    }

    private static final class Rows implements StorageReferences {

        final Set<String> keys = new HashSet<>();

        @Override
        public Set<String> referenced(Collection<String> asked) {
            return asked.stream().filter(keys::contains).collect(Collectors.toSet());
        }

        @Override
        public Stream<String> all() {
            return keys.stream();
        }
    }
}
