package io.regie.core.media;

import io.regie.core.access.Action;
import io.regie.core.access.Authorization;
import io.regie.core.access.Caller;
import io.regie.core.access.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What was thrown away and can still be taken back. */
@ApplicationScoped
public class Trash {

    private static final int MOST = 500;

    private final MediaArticles articles;
    private final Views views;
    private final MediaConfig config;
    private final InstantSource clock;

    Trash(MediaArticles articles, Views views, MediaConfig config, InstantSource clock) {
        this.articles = articles;
        this.views = views;
        this.config = config;
        this.clock = clock;
    }

    /** @param until when it is deleted for good */
    public record Trashed(MediaView article, Instant until) {}

    /** What this caller may take back, the last first. */
    @Transactional
    public List<Trashed> list(Caller caller, Locale locale) {
        Instant now = clock.instant();
        UUID owner = caller.role().atLeast(Role.EDITOR) ? null : caller.account();
        List<MediaArticle> found = new ArrayList<>();
        Map<UUID, Instant> until = new HashMap<>();
        for (MediaArticle article : articles.trashedSince(now.minus(config.undo()), owner, MOST)) {
            if (article.trashedAt != null && Authorization.may(caller, Action.EDIT, article.guarded(now))) {
                found.add(article);
                until.put(article.id, article.trashedAt.plus(config.undo()));
            }
        }
        return views.of(found, caller, locale).stream()
                .map(view -> new Trashed(view, until.getOrDefault(view.id(), now)))
                .toList();
    }
}
