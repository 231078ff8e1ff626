package io.regie.core.media;

import io.regie.core.problem.ProblemException;
import io.regie.core.richtext.Lines;
import io.regie.core.web.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.UUID;

/** Which slug an article gets. */
@ApplicationScoped
class Slugs {

    private final MediaArticles articles;
    private final OldSlugs former;
    private final InstantSource clock;

    Slugs(MediaArticles articles, OldSlugs former, InstantSource clock) {
        this.articles = articles;
        this.former = former;
        this.clock = clock;
    }

    /** One that nobody has or had, made of a title. */
    String free(String title, UUID article) {
        String slug = Titles.slug(title);
        if (!articles.slugTaken(slug) && !former.keptForOther(slug, article)) {
            return slug;
        }
        return slug.replaceAll("-$", "") + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Gives an article, whose row is locked, the slug that a person chose. */
    void choose(MediaArticle article, String wanted) {
        if (!Lines.isSlug(wanted, Titles.LONGEST_SLUG) || Ids.parse(wanted).isPresent()) {
            throw ProblemException.invalidField("slug", "media-slug-malformed", Titles.LONGEST_SLUG);
        }
        if (!wanted.equals(article.slug)) {
            if (articles.slugTaken(wanted) || former.keptForOther(wanted, article.id)) {
                throw OldSlugs.taken();
            }
            former.replace(article, wanted, clock.instant());
        }
        article.slugChosen = true;
    }
}
