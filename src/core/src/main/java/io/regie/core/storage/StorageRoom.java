package io.regie.core.storage;

import io.regie.core.settings.Installation;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.File;
import java.nio.file.Path;

/** How full the disk of published files is. */
@Singleton
public class StorageRoom {

    private final File place;

    @Inject
    StorageRoom(Installation installation) {
        this(installation.data());
    }

    protected StorageRoom(Path place) {
        this.place = place.toFile();
    }

    /** Bytes, used or free; 0 when nobody can tell. */
    public long size() {
        return place.getTotalSpace();
    }

    /** What is free of it, 0 to 1; 1 when nobody can tell, so that nothing is deleted for that. */
    public double freeShare() {
        long total = size();
        return total <= 0 ? 1 : (double) place.getUsableSpace() / total;
    }
}
