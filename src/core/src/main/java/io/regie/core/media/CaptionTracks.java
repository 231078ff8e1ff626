package io.regie.core.media;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class CaptionTracks implements PanacheRepositoryBase<CaptionTrack, UUID> {

    /** A track without what it says, which may be long. */
    record Facts(
            UUID id,
            UUID article,
            CaptionTrack.Kind kind,
            String language,
            String label,
            boolean standard,
            int cueCount,
            long revision) {}

    /** The oldest first. */
    List<Facts> of(UUID article) {
        return getEntityManager()
                .createQuery(
                        "select new io.regie.core.media.CaptionTracks$Facts(t.id, t.article, t.kind, t.language, t.label,"
                                + " t.standard, t.cueCount, t.revision) from CaptionTrack t where t.article = :article"
                                + " order by t.createdAt, t.id",
                        Facts.class)
                .setParameter("article", article)
                .getResultList();
    }

    Optional<CaptionTrack> find(UUID article, UUID id) {
        return find("article = ?1 and id = ?2", article, id).firstResultOptional();
    }

    /** At once, before another becomes it. */
    void forgetStandard(UUID article) {
        list("article = ?1 and standard", article).forEach(track -> track.standard = false);
        flush();
    }
}
