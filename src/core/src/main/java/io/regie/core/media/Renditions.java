package io.regie.core.media;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.regie.core.access.Visibility;
import io.regie.spi.Segment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class Renditions implements PanacheRepositoryBase<RenditionRow, UUID> {

    /** What the article's manifests are made of, best first. */
    List<RenditionRow> current(UUID article) {
        return current(List.of(article));
    }

    /** The same of several articles at once. */
    List<RenditionRow> current(Collection<UUID> articles) {
        return list(
                "article in ?1 and state <> ?2 order by track desc, height desc, channels, name",
                articles,
                RenditionRow.State.RETIRED);
    }

    Optional<RenditionRow> findOf(UUID job, int attempt, String name) {
        return find("job = ?1 and attempt = ?2 and name = ?3", job, attempt, name)
                .firstResultOptional();
    }

    Optional<RenditionRow> find(UUID article, UUID id) {
        return find("article = ?1 and id = ?2", article, id).firstResultOptional();
    }

    /** As others have left it meanwhile. */
    void readAgain(RenditionRow row) {
        getEntityManager().refresh(row);
    }

    /** A finished rendition's file, and who may have it. */
    record Whole(Gate gate, String storageKey, String sha256, long bytes) {}

    /** All that serving a segment takes, in one question: players ask it every few seconds. */
    Optional<Whole> findWhole(UUID article, UUID id) {
        return getEntityManager()
                .createQuery(
                        "select a.owner, a.visibility, a.publishedAt, a.trashedAt, r.storageKey, r.sha256, r.bytes"
                                + " from RenditionRow r join MediaArticle a on a.id = r.article"
                                + " where r.id = :id and r.article = :article and r.storageKey is not null",
                        Tuple.class)
                .setParameter("id", id)
                .setParameter("article", article)
                .getResultStream()
                .map(row -> new Whole(
                        new Gate(
                                row.get(0, UUID.class),
                                row.get(1, Visibility.class),
                                row.get(2, Instant.class),
                                row.get(3, Instant.class)),
                        row.get(4, String.class),
                        row.get(5, String.class),
                        row.get(6, Long.class)))
                .findFirst();
    }

    void deleteGrowing(UUID job, int attempt) {
        delete("job = ?1 and attempt = ?2 and state = ?3", job, attempt, RenditionRow.State.GROWING);
    }

    /** Every other rendition of this name makes room for this one, in the same transaction. */
    void retireOthers(RenditionRow fresh, Instant now) {
        update(
                "state = ?1, retiredAt = ?2 where article = ?3 and name = ?4 and id <> ?5 and state = ?6",
                RenditionRow.State.RETIRED,
                now,
                fresh.article,
                fresh.name,
                fresh.id,
                RenditionRow.State.FINISHED);
        // A growing one of another attempt lost its attempt without a word: it can never finish.
        delete(
                "article = ?1 and name = ?2 and id <> ?3 and state = ?4 and not (job = ?5 and attempt = ?6)",
                fresh.article,
                fresh.name,
                fresh.id,
                RenditionRow.State.GROWING,
                fresh.job,
                fresh.attempt);
    }

    /** What earlier runs of a job type made and the latest run did not make again. */
    void retireOlderRuns(UUID article, String jobType, UUID job, Instant now) {
        update(
                "state = ?1, retiredAt = ?2 where article = ?3 and jobType = ?4 and job <> ?5 and state = ?6",
                RenditionRow.State.RETIRED,
                now,
                article,
                jobType,
                job,
                RenditionRow.State.FINISHED);
    }

    /** Everything that there is makes room for what another article has. */
    void take(UUID article, UUID from, Instant now) {
        update(
                "state = ?1, retiredAt = ?2 where article = ?3 and state = ?4",
                RenditionRow.State.RETIRED,
                now,
                article,
                RenditionRow.State.FINISHED);
        delete("article = ?1 and state = ?2", article, RenditionRow.State.GROWING);
        update("article = ?1 where article = ?2", article, from);
    }

    List<RenditionRow> retiredBefore(Instant time) {
        return list("retiredAt < ?1", time);
    }

    List<String> keys(UUID article) {
        return getEntityManager()
                .createQuery(
                        "select storageKey from RenditionRow where article = :id and storageKey is not null",
                        String.class)
                .setParameter("id", article)
                .getResultList();
    }

    List<Segment> segments(RenditionRow row) {
        if (row.segments != null) {
            return row.segments;
        }
        return getEntityManager()
                .createQuery("from EarlySegment where rendition = :id order by position", EarlySegment.class)
                .setParameter("id", row.id)
                .getResultStream()
                .map(EarlySegment::segment)
                .toList();
    }

    long segmentCount(RenditionRow row) {
        if (row.segments != null) {
            return row.segments.size();
        }
        return getEntityManager()
                .createQuery("select count(*) from EarlySegment where rendition = :id", Long.class)
                .setParameter("id", row.id)
                .getSingleResult();
    }

    void append(RenditionRow row, List<Segment> more) {
        int position = (int) segmentCount(row);
        for (Segment segment : more) {
            getEntityManager().persist(EarlySegment.of(row.id, position++, segment));
        }
    }

    void forgetEarlySegments(RenditionRow row) {
        getEntityManager()
                .createQuery("delete from EarlySegment where rendition = :id")
                .setParameter("id", row.id)
                .executeUpdate();
    }
}
