package io.regie.core.media;

import io.regie.core.access.Action;
import io.regie.core.access.Caller;
import io.regie.core.access.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The door to lists of media articles. */
@ApplicationScoped
public class MediaLibrary {

    /** Nobody reads further than this, and counting a million takes longer than showing them. */
    public static final int COUNTED = 1000;

    private static final int MOST_TAGS = 20;
    private static final int MOST_OWNERS = 500;

    private final MediaArticles articles;
    private final Listing listing;
    private final Views views;
    private final InstantSource clock;

    MediaLibrary(MediaArticles articles, Listing listing, Views views, InstantSource clock) {
        this.articles = articles;
        this.listing = listing;
        this.views = views;
        this.clock = clock;
    }

    @Transactional
    public MediaPage page(Caller caller, MediaQuery query, Locale locale) {
        int limit = Math.min(Math.max(query.limit(), 1), MediaQuery.MAX_LIMIT);
        List<Cursor> found = listing.page(caller, query, limit + 1);
        List<Cursor> shown = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? shown.get(limit - 1).encode() : null;
        Map<UUID, MediaArticle> rows = articles
                .list(shown.stream().map(Cursor::id).toList())
                .stream()
                .collect(Collectors.toMap(article -> article.id, Function.identity()));
        List<MediaArticle> inOrder = shown.stream()
                // One may have gone since the first statement.
                .filter(place -> rows.containsKey(place.id()))
                .map(place -> rows.get(place.id()))
                .toList();
        return new MediaPage(views.of(inOrder, caller, locale), next, null);
    }

    /** A page that says how many there are. */
    @Transactional
    public MediaPage counted(Caller caller, MediaQuery query, Locale locale) {
        int count = listing.count(caller, query, COUNTED + 1);
        return page(caller, query, locale).with(new MediaPage.Total(Math.min(count, COUNTED), count > COUNTED));
    }

    /** Of these articles those that the caller may change, in no particular order. */
    @Transactional
    public List<MediaView> editable(Caller caller, Collection<UUID> ids, Locale locale) {
        Instant now = clock.instant();
        List<MediaArticle> found = articles.list(ids).stream()
                .filter(article -> article.allows(Action.EDIT, caller, now))
                .toList();
        return views.of(found, caller, locale);
    }

    /** Accounts with articles, for those who may change everybody's. */
    @Transactional
    public Set<UUID> owners(Caller caller) {
        return caller.role().atLeast(Role.EDITOR) ? Set.copyOf(listing.owners(MOST_OWNERS)) : Set.of();
    }

    /** Tags that begin so, of articles that the caller finds in lists. */
    @Transactional
    public List<String> tags(Caller caller, String typed) {
        return listing.tags(caller, Tags.findKey(typed).orElse(""), MOST_TAGS);
    }
}
