package io.regie.core.categories;

import io.regie.core.storage.StorageReferences;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;

/** The stored files that categories need. */
@ApplicationScoped
class CategoryReferences implements StorageReferences {

    private final Categories categories;

    CategoryReferences(Categories categories) {
        this.categories = categories;
    }

    @Override
    public Set<String> referenced(Collection<String> keys) {
        return categories.keysAmong(keys);
    }

    @Override
    public Stream<String> all() {
        return categories.keys().stream();
    }
}
