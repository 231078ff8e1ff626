package io.regie.core.storage;

import io.quarkus.arc.All;
import io.regie.core.housekeeping.Housekeeping;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Brings files and rows together again after crashes, both ways: deletes files that no row names, once they are too
 * old to be waiting for their commit, and reports rows whose file is missing.
 */
@Singleton
public class SweepStorage implements Housekeeping {

    private static final System.Logger LOG = System.getLogger(SweepStorage.class.getName());
    private static final int BATCH = 1000;
    private static final int NAMED_IN_LOG = 20;

    private final LocalStorage storage;
    private final List<StorageReferences> references;
    private final StorageConfig config;
    private final InstantSource clock;

    @Inject
    SweepStorage(
            LocalStorage storage, @All List<StorageReferences> references, StorageConfig config, InstantSource clock) {
        this.storage = storage;
        this.references = references;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "sweep-storage";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(6);
    }

    @Override
    public void run() {
        try {
            sweep();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What was found.
     *
     * @param deleted files without rows
     * @param missing keys that some row names and no file has
     */
    public record Swept(int deleted, long deletedBytes, int missing) {}

    /** Runs once through everything; a second run right after finds nothing to delete. */
    public Swept sweep() throws IOException {
        if (references.isEmpty()) {
            // Nobody says what is needed: then everything is.
            return new Swept(0, 0, 0);
        }
        Garbage garbage = new Garbage(clock.instant().minus(config.grace()));
        try (Stream<Path> unpublished = storage.unpublished()) {
            for (Path file : (Iterable<Path>) unpublished::iterator) {
                garbage.deleteIfOld(file);
            }
        }
        try (Stream<Path> files = storage.files()) {
            List<Path> batch = new ArrayList<>(BATCH);
            for (Iterator<Path> each = files.iterator(); each.hasNext(); ) {
                batch.add(each.next());
                if (batch.size() == BATCH || !each.hasNext()) {
                    garbage.deleteUnreferenced(batch);
                    batch.clear();
                }
            }
        }
        Swept swept = new Swept(garbage.files, garbage.bytes, reportMissing());
        if (swept.deleted() > 0) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Swept {0} files that nothing names, {1} bytes",
                    swept.deleted(),
                    swept.deletedBytes());
        }
        return swept;
    }

    private int reportMissing() {
        int missing = 0;
        List<String> named = new ArrayList<>();
        for (StorageReferences feature : references) {
            try (Stream<String> keys = feature.all()) {
                for (String key : (Iterable<String>) keys::iterator) {
                    if (!storage.exists(key)) {
                        missing++;
                        if (named.size() < NAMED_IN_LOG) {
                            named.add(key);
                        }
                    }
                }
            }
        }
        if (missing > 0) {
            LOG.log(System.Logger.Level.ERROR, "{0} files that rows name are missing, among them {1}", missing, named);
        }
        return missing;
    }

    private final class Garbage {

        private final Instant newest;
        private int files;
        private long bytes;

        Garbage(Instant newest) {
            this.newest = newest;
        }

        void deleteUnreferenced(List<Path> candidates) throws IOException {
            List<Path> old = new ArrayList<>();
            for (Path file : candidates) {
                if (isOld(file)) {
                    old.add(file);
                }
            }
            List<String> keys = old.stream().map(storage::key).toList();
            Set<String> needed = new HashSet<>();
            for (StorageReferences feature : references) {
                needed.addAll(feature.referenced(keys));
            }
            for (Path file : old) {
                if (!needed.contains(storage.key(file))) {
                    delete(file);
                }
            }
        }

        void deleteIfOld(Path file) throws IOException {
            if (isOld(file)) {
                delete(file);
            }
        }

        /** By the time of the rename, not of the last byte: an upload may have been lying complete for days. */
        private boolean isOld(Path file) throws IOException {
            try {
                FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime");
                return changed.toInstant().isBefore(newest);
            } catch (NoSuchFileException deletedMeanwhile) {
                return false;
            }
        }

        private void delete(Path file) throws IOException {
            long size = Files.size(file);
            if (Files.deleteIfExists(file)) {
                files++;
                bytes += size;
            }
        }
    }
}
