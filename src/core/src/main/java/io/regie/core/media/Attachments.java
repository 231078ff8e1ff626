package io.regie.core.media;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.regie.spi.OutputRole;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class Attachments implements PanacheRepositoryBase<Attachment, UUID> {

    /** What people chose first, then the newest. */
    List<Attachment> current(UUID article) {
        return current(List.of(article));
    }

    /** The same of several articles at once. */
    List<Attachment> current(Collection<UUID> articles) {
        return list("article in ?1 and retiredAt is null order by chosen desc, createdAt desc", articles);
    }

    Optional<Attachment> find(UUID article, UUID id) {
        return find("article = ?1 and id = ?2", article, id).firstResultOptional();
    }

    List<String> keys(UUID article) {
        return getEntityManager()
                .createQuery("select storageKey from Attachment where article = :id", String.class)
                .setParameter("id", article)
                .getResultList();
    }

    Optional<Attachment> findCurrent(UUID article, UUID id, OutputRole role) {
        return find("article = ?1 and id = ?2 and role = ?3 and retiredAt is null", article, id, role)
                .firstResultOptional();
    }

    void retireOthers(Attachment fresh) {
        update(
                "retiredAt = ?1 where article = ?2 and role = ?3 and name = ?4 and id <> ?5 and retiredAt is null",
                fresh.createdAt,
                fresh.article,
                fresh.role,
                fresh.name,
                fresh.id);
    }

    void retireChosen(UUID article, OutputRole role, Instant now) {
        update("retiredAt = ?1 where article = ?2 and role = ?3 and chosen and retiredAt is null", now, article, role);
    }

    /** @return the files that nobody needs any more */
    List<String> deleteAll(UUID article, OutputRole role) {
        List<Attachment> all = list("article = ?1 and role = ?2", article, role);
        List<String> keys =
                all.stream().map(attachment -> attachment.storageKey).toList();
        all.forEach(this::delete);
        return keys;
    }

    /** What was made of an article's file makes room for what another article has; what people made or chose stays. */
    void take(UUID article, UUID from, Instant now) {
        update(
                "retiredAt = ?1 where article = ?2 and role in ?3 and not chosen and retiredAt is null",
                now,
                article,
                List.of(OutputRole.POSTER, OutputRole.STORYBOARD, OutputRole.DOWNLOAD, OutputRole.PREVIEW));
        update("article = ?1 where article = ?2", article, from);
    }

    List<Attachment> retiredBefore(Instant time) {
        return list("retiredAt < ?1", time);
    }
}
