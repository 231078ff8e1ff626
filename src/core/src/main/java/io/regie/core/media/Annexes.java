package io.regie.core.media;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

@ApplicationScoped
class Annexes implements PanacheRepositoryBase<Annex, UUID> {

    /** In the order that people chose. */
    List<Annex> of(UUID article) {
        return list("article = ?1 order by position, createdAt, id", article);
    }

    Optional<Annex> find(UUID article, UUID id) {
        return find("article = ?1 and id = ?2", article, id).firstResultOptional();
    }

    List<String> keys(UUID article) {
        return of(article).stream().map(annex -> annex.storageKey).toList();
    }

    /** Of all articles of an owner. */
    long bytes(UUID owner) {
        return getEntityManager()
                .createQuery(
                        "select coalesce(sum(x.bytes), 0) from Annex x, MediaArticle a"
                                + " where a.id = x.article and a.owner = :owner",
                        Long.class)
                .setParameter("owner", owner)
                .getSingleResult();
    }

    /** By owner of the articles. */
    Map<UUID, Long> bytes() {
        return getEntityManager()
                .createQuery(
                        "select a.owner, sum(x.bytes) from Annex x, MediaArticle a where a.id = x.article"
                                + " group by a.owner",
                        Object[].class)
                .getResultStream()
                .collect(Collectors.toMap(row -> (UUID) row[0], row -> (Long) row[1]));
    }
}
