package io.regie.core.uploads;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.context.ManagedExecutor;

/**
 * Goes on where the last server died between an upload's last byte and its outcome, for uploaders who never ask again.
 */
@Singleton
class FinishInterruptedUploads {

    private static final System.Logger LOG = System.getLogger(FinishInterruptedUploads.class.getName());

    private final Uploads uploads;
    private final UploadFiles files;
    private final UploadService service;
    private final UploadLocks locks;
    private final Executor executor;

    @Inject
    FinishInterruptedUploads(
            Uploads uploads, UploadFiles files, UploadService service, UploadLocks locks, ManagedExecutor executor) {
        this(uploads, files, service, locks, (Executor) executor);
    }

    FinishInterruptedUploads(
            Uploads uploads, UploadFiles files, UploadService service, UploadLocks locks, Executor executor) {
        this.uploads = uploads;
        this.files = files;
        this.service = service;
        this.locks = locks;
        this.executor = executor;
    }

    void start(@Observes StartupEvent started) {
        executor.execute(this::run);
    }

    void run() {
        for (UUID id : uploads.completeButUnfinished()) {
            // Rows without a file here belong to another node.
            if (Files.exists(files.path(id))) {
                locks.acquire(id, UploadLocks.Takeover.IF_STUCK).thenAccept(lease -> finish(id, lease));
            }
        }
    }

    private void finish(UUID id, UploadLocks.Lease lease) {
        try (lease) {
            UploadRow row = uploads.find(id).orElse(null);
            if (row != null && row.complete(service.offset(row))) {
                service.finish(row);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // Its uploader's next request tries again.
            LOG.log(System.Logger.Level.ERROR, "Upload " + id + " could not be finished", e);
        }
    }
}
