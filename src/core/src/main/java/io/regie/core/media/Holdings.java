package io.regie.core.media;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What people have, in one look. */
@ApplicationScoped
public class Holdings {

    private final MediaArticles articles;

    Holdings(MediaArticles articles) {
        this.articles = articles;
    }

    /** @param bytes of their originals, as quotas count */
    public record Holding(UUID owner, long articles, long bytes) {}

    /** Of everybody who has something. */
    @Transactional
    public Map<UUID, Holding> all() {
        return articles.holdings().stream().collect(Collectors.toMap(Holding::owner, holding -> holding));
    }
}
