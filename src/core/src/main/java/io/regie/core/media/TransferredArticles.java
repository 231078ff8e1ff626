package io.regie.core.media;

import io.regie.core.accounts.WorkTransferred;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Articles that get another owner, those in the trash too. */
@Singleton
class TransferredArticles {

    private final MediaArticles articles;
    private final InstantSource clock;

    TransferredArticles(MediaArticles articles, InstantSource clock) {
        this.articles = articles;
        this.clock = clock;
    }

    void take(@Observes WorkTransferred transfer) {
        articles.changeOwner(transfer.from(), transfer.to(), clock.instant());
    }
}
