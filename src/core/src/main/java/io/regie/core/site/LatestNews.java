package io.regie.core.site;

import io.regie.core.access.Caller;
import io.regie.core.news.NewsKind;
import io.regie.core.news.NewsService;
import io.regie.core.news.NewsView;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The texts that stand on the home page. Kept for a second, like {@link LatestArticles}. */
@ApplicationScoped
class LatestNews {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int EDITORIALS = 2;
    private static final int NEWS = 4;

    /** @param news of them the home page shows the first few */
    record Latest(List<NewsView> editorials, List<NewsView> news) {

        boolean isEmpty() {
            return editorials.isEmpty() && news.isEmpty();
        }
    }

    private record Kept(Latest latest, Instant until) {}

    private final NewsService news;
    private final InstantSource clock;
    private volatile Kept kept = new Kept(new Latest(List.of(), List.of()), Instant.MIN);

    LatestNews(NewsService news, InstantSource clock) {
        this.news = news;
        this.clock = clock;
    }

    Latest get() {
        Instant now = clock.instant();
        Kept known = kept;
        if (now.isAfter(known.until())) {
            Latest latest = new Latest(find(NewsKind.EDITORIAL, EDITORIALS), find(NewsKind.NEWS_POST, NEWS));
            known = new Kept(latest, now.plus(FRESH));
            kept = known;
        }
        return known.latest();
    }

    private List<NewsView> find(NewsKind kind, int count) {
        return news.list(Caller.visitor(), kind, null, count).items();
    }
}
