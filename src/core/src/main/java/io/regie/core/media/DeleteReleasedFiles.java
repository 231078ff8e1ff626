package io.regie.core.media;

import io.regie.core.storage.Storage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.io.IOException;

/** Gives space back at once after a deletion committed; what a crash leaves here, the sweeper finds. */
@ApplicationScoped
class DeleteReleasedFiles {

    private static final System.Logger LOG = System.getLogger(DeleteReleasedFiles.class.getName());

    private final Storage storage;

    DeleteReleasedFiles(Storage storage) {
        this.storage = storage;
    }

    void delete(@Observes(during = TransactionPhase.AFTER_SUCCESS) FilesReleased released) {
        for (String key : released.keys()) {
            try {
                storage.delete(key);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "Left for the sweeper: " + key, e);
            }
        }
    }
}
