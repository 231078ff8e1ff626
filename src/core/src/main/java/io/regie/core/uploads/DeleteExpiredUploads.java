package io.regie.core.uploads;

import io.regie.core.housekeeping.Housekeeping;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Ends uploads that nobody continued, and clears away what crashes left. */
@Singleton
class DeleteExpiredUploads implements Housekeeping {

    private static final System.Logger LOG = System.getLogger(DeleteExpiredUploads.class.getName());

    /** No request takes as long between creating a file and its row, or between committing and deleting. */
    private static final Duration GRACE = Duration.ofHours(1);

    private final Uploads uploads;
    private final UploadFiles files;
    private final InstantSource clock;

    @Inject
    DeleteExpiredUploads(Uploads uploads, UploadFiles files, InstantSource clock) {
        this.uploads = uploads;
        this.files = files;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "delete-expired-uploads";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        try {
            deleteExpired();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return how many uploads and leftover files went */
    int deleteExpired() throws IOException {
        Instant now = clock.instant();
        int deleted = 0;
        for (UUID id : uploads.expired(now)) {
            uploads.delete(id);
            files.delete(id);
            deleted++;
        }
        List<UUID> untouched = files.untouchedSince(now.minus(GRACE));
        Set<UUID> receiving = uploads.receiving(untouched);
        for (UUID id : untouched) {
            if (!receiving.contains(id)) {
                files.delete(id);
                deleted++;
            }
        }
        if (deleted > 0) {
            LOG.log(System.Logger.Level.INFO, "Deleted {0} uploads that nobody continued", deleted);
        }
        return deleted;
    }
}
