package io.regie.core.media;

import io.regie.core.access.Caller;
import io.regie.core.access.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
    private final Map<Name, Kept> kept = new LinkedHashMap<>(COUNT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, Kept> eldest) {
            return size() > COUNT;
        }
    };

    VisitorViews(Views views, InstantSource clock) {
        this.views = views;
        this.clock = clock;
    }

    MediaView of(MediaArticle article, Locale locale) {
        Instant now = clock.instant();
        Name name = new Name(article.id, locale);
        Guarded guarded = article.guarded(now);
        Kept known = find(name);
        if (known == null
                || known.version() != article.version
                || !known.guarded().equals(guarded)
                || now.isAfter(known.until())) {
            known = new Kept(article.version, guarded, views.of(article, Caller.visitor(), locale), now.plus(FRESH));
            keep(name, known);
        }
        return known.view();
    }

    private synchronized @Nullable Kept find(Name name) {
        return kept.get(name);
    }

    private synchronized void keep(Name name, Kept view) {
        kept.put(name, view);
    }
}
