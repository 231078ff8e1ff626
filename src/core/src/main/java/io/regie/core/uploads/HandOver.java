package io.regie.core.uploads;

import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes an upload finished and something of it, in one transaction. */
@Singleton
class HandOver {

    private final Uploads uploads;
    private final Event<UploadFinished> announcement;

    @Inject
    HandOver(Uploads uploads, Event<UploadFinished> announcement) {
        this.uploads = uploads;
        this.announcement = announcement;
    }

    @Transactional
    @ActivateRequestContext
    UploadFinished commit(UploadFinished.Upload upload, @Nullable UUID duplicateOf, Instant expires) {
        UploadFinished finished = new UploadFinished(upload);
        announcement.fire(finished);
        if (!uploads.finish(upload.id(), finished.article(), duplicateOf, expires)) {
            throw new IllegalStateException("Upload " + upload.id() + " ended elsewhere");
        }
        return finished;
    }
}
