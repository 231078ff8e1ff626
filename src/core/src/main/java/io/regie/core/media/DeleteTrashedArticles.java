package io.regie.core.media;

import io.regie.core.housekeeping.Housekeeping;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Deletes for good what nobody took out of the trash in time. Each on its own: a crash loses nothing and repeats little. */
@ApplicationScoped
class DeleteTrashedArticles implements Housekeeping {

    private static final System.Logger LOG = System.getLogger(DeleteTrashedArticles.class.getName());

    private final MediaArticles articles;
    private final MediaService service;
    private final MediaConfig config;
    private final InstantSource clock;

    DeleteTrashedArticles(MediaArticles articles, MediaService service, MediaConfig config, InstantSource clock) {
        this.articles = articles;
        this.service = service;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "trashed-articles";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        Instant before = clock.instant().minus(config.undo());
        List<UUID> due = articles.trashedBefore(before);
        for (UUID id : due) {
            try {
                service.deleteTrashed(id, before);
            } catch (RuntimeException e) {
                // One that cannot go must not keep the others.
                LOG.log(System.Logger.Level.WARNING, "Stays in the trash until the next run: " + id, e);
            }
        }
    }
}
