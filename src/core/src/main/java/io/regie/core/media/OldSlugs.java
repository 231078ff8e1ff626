package io.regie.core.media;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.regie.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/** Slugs that were given away once: they lead to their article for ever, and to no other. */
@ApplicationScoped
class OldSlugs implements PanacheRepositoryBase<OldSlug, String> {

    Optional<UUID> findArticle(String slug) {
        return findByIdOptional(slug).map(old -> old.article);
    }

    boolean keptForOther(String slug, UUID article) {
        return count("slug = ?1 and article <> ?2", slug, article) > 0;
    }

    /**
     * Gives an article another slug. Two articles that reach for one at once meet in the column's unique index.
     *
     * @throws ProblemException when another article has the slug
     */
    void replace(MediaArticle article, String slug, Instant now) {
        OldSlug old = new OldSlug();
        old.slug = article.slug;
        old.article = article.id;
        old.since = now;
        deleteById(slug);
        getEntityManager().merge(old);
        article.slug = slug;
        try {
            flush();
        } catch (ConstraintViolationException e) {
            throw taken();
        }
    }

    static ProblemException taken() {
        return ProblemException.invalidField("slug", "media-slug-taken");
    }
}
