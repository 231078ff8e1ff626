package io.regie.core.media;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regie.core.jobs.JobSubjects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What lists of jobs call the articles. */
@ApplicationScoped
class ArticleTitles implements JobSubjects {

    private final EntityManager database;

    ArticleTitles(EntityManager database) {
        this.database = database;
    }

    @Override
    public Map<UUID, String> titles(Collection<UUID> subjects) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> database.createQuery("select id, title from MediaArticle where id in :ids", Tuple.class)
                        .setParameter("ids", subjects)
                        .getResultStream()
                        .collect(Collectors.toMap(row -> row.get(0, UUID.class), row -> row.get(1, String.class))));
    }
}
