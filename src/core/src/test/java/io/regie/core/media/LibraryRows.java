package io.regie.core.media;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regie.core.access.Visibility;
import io.regie.spi.MediaKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Puts articles into the database as uploads and jobs would leave them. */
@ApplicationScoped
public class LibraryRows {

    private final MediaArticles articles;

    LibraryRows(MediaArticles articles) {
        this.articles = articles;
    }

    /** A public video that is ready, unless told otherwise. */
    UUID add(UUID owner, String title, Consumer<MediaArticle> otherwise) {
        MediaArticle article = new MediaArticle();
        article.id = UUID.randomUUID();
        article.owner = owner;
        article.title = title;
        article.titleChosen = true;
        article.slug = "slug-" + article.id;
        article.kind = MediaKind.VIDEO;
        article.visibility = Visibility.PUBLIC;
        article.state = ArticleState.READY;
        article.locale = "en";
        article.translationGroup = article.id;
        article.filename = "x.mp4";
        article.mediaType = "video/mp4";
        article.originalBytes = 1;
        article.originalSha256 = "x";
        article.createdAt = Instant.now();
        article.updatedAt = article.createdAt;
        article.publishedAt = article.createdAt;
        otherwise.accept(article);
        QuarkusTransaction.requiringNew().run(() -> articles.persist(article));
        return article.id;
    }

    public UUID add(UUID owner, String title) {
        return add(owner, title, article -> {});
    }

    static Consumer<MediaArticle> tagged(String... tags) {
        return article -> article.tag(Tags.parse(List.of(tags)).values());
    }
}
