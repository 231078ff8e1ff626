package io.regie.core.news;

import io.regie.core.storage.StorageReferences;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;

/** The stored files that posts need. */
@ApplicationScoped
class NewsReferences implements StorageReferences {

    private final NewsPosts posts;

    NewsReferences(NewsPosts posts) {
        this.posts = posts;
    }

    @Override
    public Set<String> referenced(Collection<String> keys) {
        return posts.keysAmong(keys);
    }

    @Override
    public Stream<String> all() {
        return posts.keys().stream();
    }
}
