package io.regie.core.media;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class MediaSources implements PanacheRepositoryBase<MediaSource, UUID> {

    void add(UUID job, List<UUID> sources) {
        for (int i = 0; i < sources.size(); i++) {
            MediaSource row = new MediaSource();
            row.id = UUID.randomUUID();
            row.job = job;
            row.source = sources.get(i);
            row.position = i;
            persist(row);
        }
    }

    List<UUID> of(UUID job) {
        return list("job = ?1 order by position", job).stream()
                .map(row -> row.source)
                .toList();
    }
}
