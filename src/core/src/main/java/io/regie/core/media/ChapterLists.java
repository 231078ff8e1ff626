package io.regie.core.media;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class ChapterLists implements PanacheRepositoryBase<ChapterList, UUID> {

    List<Chapter> of(UUID article) {
        return findByIdOptional(article).map(list -> list.chapters).orElse(List.of());
    }
}
