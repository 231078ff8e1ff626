package io.regie.core.media;

import io.regie.core.access.Action;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Guarded;
import io.regie.core.access.Visibility;
import io.regie.core.problem.ProblemException;
import io.regie.core.storage.ServedFile.Caching;
import io.regie.core.web.Ids;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** Stands before everything below {@code /media/{id}/}. */
@ApplicationScoped
class ArticleGate {

    private final MediaArticles articles;
    private final InstantSource clock;

    ArticleGate(MediaArticles articles, InstantSource clock) {
        this.articles = articles;
        this.clock = clock;
    }

    /** Whoever may not read the article meets a 404, whatever is behind the address. */
    MediaArticle require(RoutingContext request) {
        return Ids.parse(request.pathParam("article"))
                .flatMap(articles::findByIdOptional)
                .filter(article -> article.allows(Action.READ, CurrentCaller.of(request), clock.instant()))
                .orElseThrow(ProblemException::notFound);
    }

    /** What is private must not stay in shared caches; what is unlisted must not either, its address is its secret. */
    static Caching caching(Guarded guarded, Caching whenPublic) {
        return guarded.visibility() == Visibility.PUBLIC
                ? whenPublic
                : whenPublic == Caching.NO_STORE ? Caching.NO_STORE : Caching.PRIVATE_REVALIDATED;
    }
}
