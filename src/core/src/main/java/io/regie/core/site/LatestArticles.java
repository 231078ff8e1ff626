package io.regie.core.site;

import io.regie.core.access.Caller;
import io.regie.core.media.MediaLibrary;
import io.regie.core.media.MediaPage;
import io.regie.core.media.MediaQuery;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What visitors see first, asked for by almost every page. Kept for a second, which is also how long an article that was
 * just hidden may still be named in lists; its own page and files answer at once.
 */
@ApplicationScoped
class LatestArticles {

    static final int COUNT = 13;

    private static final Duration FRESH = Duration.ofSeconds(1);

    private record Kept(MediaPage page, Instant until) {}

    private final MediaLibrary media;
    private final InstantSource clock;
    private final Map<Locale, Kept> kept = new ConcurrentHashMap<>();

    LatestArticles(MediaLibrary media, InstantSource clock) {
        this.media = media;
        this.clock = clock;
    }

    MediaPage in(Locale locale) {
        Instant now = clock.instant();
        Kept known = kept.get(locale);
        if (known == null || now.isAfter(known.until())) {
            known = new Kept(media.page(Caller.visitor(), MediaQuery.latest(COUNT), locale), now.plus(FRESH));
            kept.put(locale, known);
        }
        return known.page();
    }
}
