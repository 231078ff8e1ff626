package io.regie.core.uploads;

import io.regie.core.access.Caller;
import io.regie.core.problem.ProblemException;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Makes one article of each upload and remembers what it was told; refuses or keeps silent when asked to. */
final class FakeMedia implements Event<UploadFinished>, OwnedMedia {

    record Article(UUID id, UploadFinished.Upload upload) {}

    /** By upload. */
    final Map<UUID, Article> articles = new ConcurrentHashMap<>();

    volatile CompletableFuture<Void> verdict = CompletableFuture.completedFuture(null);
    volatile RuntimeException failure;

    void refuseAll(ProblemException problem) {
        verdict = CompletableFuture.failedFuture(problem);
    }

    @Override
    public void fire(UploadFinished finished) {
        if (failure != null) {
            throw failure;
        }
        UploadFinished.Upload upload = finished.upload();
        Article article = articles.computeIfAbsent(upload.id(), id -> new Article(UUID.randomUUID(), upload));
        finished.accept(article.id(), verdict);
    }

    @Override
    public Optional<UUID> findByOriginal(UUID owner, String sha256) {
        return articles.values().stream()
                .filter(article -> article.upload().owner().equals(owner)
                        && article.upload().file().sha256().equals(sha256))
                .map(Article::id)
                .findFirst();
    }

    @Override
    public Optional<UUID> findByName(UUID owner, String filename, long bytes) {
        return articles.values().stream()
                .filter(article -> article.upload().owner().equals(owner)
                        && article.upload().filename().equals(filename)
                        && article.upload().file().bytes() == bytes)
                .map(Article::id)
                .findFirst();
    }

    /** Articles here have no owners to ask. */
    @Override
    public void requireReplaceable(Caller caller, UUID article) {}

    @Override
    public void requireRoomForAnnex(Caller caller, UUID article) {}

    @Override
    public long largestAnnex() {
        return Long.MAX_VALUE;
    }

    @Override
    public long bytes(UUID owner) {
        return articles.values().stream()
                .filter(article -> article.upload().owner().equals(owner))
                .mapToLong(article -> article.upload().file().bytes())
                .sum();
    }

    @Override
    public <U extends UploadFinished> CompletionStage<U> fireAsync(U event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U extends UploadFinished> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Event<UploadFinished> select(Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U extends UploadFinished> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U extends UploadFinished> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }
}
