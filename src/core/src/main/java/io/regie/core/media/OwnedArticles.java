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
    private final Annexes annexes;
    private final AnnexService annexService;

    OwnedArticles(MediaArticles articles, MediaService service, Annexes annexes, AnnexService annexService) {
        this.articles = articles;
        this.service = service;
        this.annexes = annexes;
        this.annexService = annexService;
    }

    @Override
    @Transactional
    public void requireReplaceable(Caller caller, UUID article) {
        service.requireReplaceable(caller, article);
    }

    @Override
    @Transactional
    public void requireRoomForAnnex(Caller caller, UUID article) {
        annexService.requireRoom(caller, article);
    }

    @Override
    public long largestAnnex() {
        return annexService.largest();
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
    public long bytes(UUID owner) {
        return articles.originalBytes(owner) + annexes.bytes(owner);
    }
}
