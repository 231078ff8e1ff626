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
    private final Annexes annexes;

    Holdings(MediaArticles articles, Annexes annexes) {
        this.articles = articles;
        this.annexes = annexes;
    }

    /** @param bytes of their originals and of what goes with them, as quotas count */
    public record Holding(UUID owner, long articles, long bytes) {

        Holding plus(long more) {
            return new Holding(owner, articles, bytes + more);
        }
    }

    /** Of everybody who has something. */
    @Transactional
    public Map<UUID, Holding> all() {
        Map<UUID, Long> more = annexes.bytes();
        return articles.holdings().stream()
                .map(holding -> holding.plus(more.getOrDefault(holding.owner(), 0L)))
                .collect(Collectors.toMap(Holding::owner, holding -> holding));
    }
}
