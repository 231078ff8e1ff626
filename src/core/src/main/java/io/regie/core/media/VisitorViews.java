package io.regie.core.media;

import io.regie.core.access.Caller;
import io.regie.core.access.Guarded;
import io.regie.core.web.Recent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;

/**
 * The articles that visitors looked at last, so that a page that many look at asks for one row and not for everything
 * around it. Whoever asks here has found the article and whether it may be seen; whatever is done to an article counts
 * its version. Only what is not its own, such as the name of a category, arrives up to a second late.
 */
@ApplicationScoped
class VisitorViews {

    private static final int COUNT = 256;
    private static final Duration FRESH = Duration.ofSeconds(1);

    private record Name(UUID article, Locale locale) {}

    private record Kept(long version, Guarded guarded, MediaView view, Instant until) {}

    private final Views views;
    private final InstantSource clock;
    private final Recent<Name, Kept> kept = new Recent<>(COUNT);

    VisitorViews(Views views, InstantSource clock) {
        this.views = views;
        this.clock = clock;
    }

    MediaView of(MediaArticle article, Locale locale) {
        Instant now = clock.instant();
        Name name = new Name(article.id, locale);
        Guarded guarded = article.guarded(now);
        Kept known = kept.get(name);
        if (known == null
                || known.version() != article.version
                || !known.guarded().equals(guarded)
                || now.isAfter(known.until())) {
            known = new Kept(article.version, guarded, views.of(article, Caller.visitor(), locale), now.plus(FRESH));
            kept.put(name, known);
        }
        return known.view();
    }
}
