package io.regie.core.media;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

@ApplicationScoped
class EssentialJobs implements PanacheRepositoryBase<EssentialJob, UUID> {

    void add(UUID job, UUID article) {
        EssentialJob row = new EssentialJob();
        row.job = job;
        row.article = article;
        persist(row);
    }

    /** @return whether this job was essential */
    boolean end(UUID job) {
        return update("ended = true where job = ?1", job) > 0;
    }

    /** @return whether this job was essential */
    boolean resume(UUID job) {
        return update("ended = false where job = ?1", job) > 0;
    }

    /** Nothing that was under way decides any more. */
    void endAll(UUID article) {
        update("ended = true where article = ?1", article);
    }

    boolean waiting(UUID article) {
        return count("article = ?1 and not ended", article) > 0;
    }
}
