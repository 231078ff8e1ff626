package io.regie.core.media;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class MediaArticles implements PanacheRepositoryBase<MediaArticle, UUID> {

    /** The row, held against other writers until the transaction ends. */
    Optional<MediaArticle> findLocked(UUID id) {
        return Optional.ofNullable(findById(id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<MediaArticle> findBySlug(String slug) {
        return find("slug", slug).firstResultOptional();
    }

    /** What is being prepared to be this article's file. */
    Optional<MediaArticle> findReplacement(UUID article) {
        return find("replaces", article).firstResultOptional();
    }

    /** What was to be the file of an article that is gone. */
    List<MediaArticle> replacementsOfNothing() {
        return list("replaces is not null and not exists (select 1 from MediaArticle a where a.id = replaces)");
    }

    Optional<MediaArticle> findByUpload(UUID upload) {
        return find("upload", upload).firstResultOptional();
    }

    /** A file of this owner with this name and size. */
    Optional<MediaArticle> findSameName(UUID owner, String filename, long bytes) {
        return find(
                        "owner = ?1 and filename = ?2 and originalBytes = ?3 and originalKey is not null"
                                + " and trashedAt is null",
                        owner,
                        filename,
                        bytes)
                .firstResultOptional();
    }

    Optional<MediaArticle> findSameFile(UUID owner, String sha256) {
        return find(
                        "owner = ?1 and originalSha256 = ?2 and originalKey is not null and trashedAt is null",
                        owner,
                        sha256)
                .firstResultOptional();
    }

    long originalBytes(UUID owner) {
        return getEntityManager()
                .createQuery(
                        "select coalesce(sum(originalBytes), 0) from MediaArticle"
                                + " where owner = :owner and originalKey is not null",
                        Long.class)
                .setParameter("owner", owner)
                .getSingleResult();
    }

    List<Holdings.Holding> holdings() {
        return getEntityManager()
                .createQuery(
                        "select new io.regie.core.media.Holdings$Holding(owner, count(id), coalesce(sum("
                                + "case when originalKey is null then 0L else originalBytes end), 0L))"
                                + " from MediaArticle group by owner",
                        Holdings.Holding.class)
                .getResultList();
    }

    /** The versions rise, so that whoever changes one of them at this moment notices. */
    void changeOwner(UUID from, UUID to, Instant now) {
        update(
                "owner = ?1, revision = revision + 1, version = version + 1, updatedAt = ?2 where owner = ?3",
                to,
                now,
                from);
    }

    /** Recordings that ended before and that nobody wants kept, the oldest first. */
    List<RecordingArticles.Ended> recordedBefore(Instant time) {
        return getEntityManager()
                .createQuery(
                        "select new io.regie.core.media.RecordingArticles$Ended(id, title, recordedAt, originalBytes)"
                                + " from MediaArticle where recordedAt < :time and not kept and trashedAt is null"
                                + " order by recordedAt, id",
                        RecordingArticles.Ended.class)
                .setParameter("time", time)
                .getResultList();
    }

    boolean slugTaken(String slug) {
        return count("slug", slug) > 0;
    }

    List<MediaArticle> list(Collection<UUID> ids) {
        return list("id in ?1", ids);
    }

    /** What jobs made of this one, the newest first. */
    List<MediaArticle> madeOf(UUID id, int most) {
        return find(
                        "madeFrom = ?1 or madeBy in (select s.job from MediaSource s where s.source = ?1)"
                                + " order by createdAt desc, id",
                        id)
                .page(0, most)
                .list();
    }

    /** What was thrown away since, the last first. @param owner null for everybody's */
    List<MediaArticle> trashedSince(Instant time, @Nullable UUID owner, int most) {
        return (owner == null
                        ? find("trashedAt > ?1 order by trashedAt desc, id", time)
                        : find("trashedAt > ?1 and owner = ?2 order by trashedAt desc, id", time, owner))
                .page(0, most)
                .list();
    }

    /** What may be deleted for good, the oldest first. */
    @Transactional
    List<UUID> trashedBefore(Instant time) {
        return getEntityManager()
                .createQuery("select id from MediaArticle where trashedAt <= :time order by trashedAt, id", UUID.class)
                .setParameter("time", time)
                .setMaxResults(1000)
                .getResultList();
    }
}
