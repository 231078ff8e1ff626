package io.regie.core.media;

import io.regie.core.access.Caller;
import io.regie.core.uploads.OwnedMedia;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** Answers what uploads ask about articles. */
@ApplicationScoped
class OwnedArticles implements OwnedMedia {

    private final MediaArticles articles;
    private final MediaService service;

    OwnedArticles(MediaArticles articles, MediaService service) {
        this.articles = articles;
        this.service = service;
    }

    @Override
    @Transactional
    public void requireReplaceable(Caller caller, UUID article) {
        service.requireReplaceable(caller, article);
    }

    @Override
    @Transactional
    public Optional<UUID> findByOriginal(UUID owner, String sha256) {
        return articles.findSameFile(owner, sha256).map(article -> article.id);
    }

    @Override
    @Transactional
    public Optional<UUID> findByName(UUID owner, String filename, long bytes) {
        return articles.findSameName(owner, filename, bytes).map(article -> article.id);
    }

    @Override
    @Transactional
    public long originalBytes(UUID owner) {
        return articles.originalBytes(owner);
    }
}
