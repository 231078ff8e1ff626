package io.regie.core.jobs;

import io.regie.core.settings.Installation;
import io.regie.core.storage.Disk;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether the disk has room for what jobs write. The last of it belongs to the database, which dies without. */
@Singleton
final class Room {
    private static final System.Logger LOG = System.getLogger(Room.class.getName());

    private final Path data;
    private final long floor;
    private volatile boolean tight;

    Room(Installation installation, JobsConfig config) {
        this.data = installation.data().toAbsolutePath();
        this.floor = config.freeSpaceFloor().asLongValue();
    }

    boolean isTight() {
        Long usable = usable();
        // Who cannot tell will fail at writing, if it is so.
        boolean now = usable != null && usable < floor;
        if (now != tight) {
            // Two may say it at once; what they say is right.
            tight = now;
            say(now, usable);
        }
        return now;
    }

    /** Whether so many bytes more would take what must be left. */
    boolean lacks(long bytes) {
        Long usable = usable();
        return usable != null && usable - floor < bytes;
    }

    private @Nullable Long usable() {
        try {
            return Disk.REAL.usableBytes(data);
        } catch (IOException e) {
            return null;
        }
    }

    private void say(boolean now, @Nullable Long usable) {
        if (now) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The disk of {0} is nearly full: {1} bytes are left. Jobs wait until {2} bytes are free",
                    data,
                    usable,
                    floor);
        } else {
            LOG.log(System.Logger.Level.INFO, "The disk of {0} has room for jobs again", data);
        }
    }
}
