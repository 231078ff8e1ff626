package io.regie.core.branding;

import io.regie.core.storage.StorageReferences;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;

/** The stored files that the site's images need. */
@ApplicationScoped
class BrandReferences implements StorageReferences {

    private final BrandImages images;

    BrandReferences(BrandImages images) {
        this.images = images;
    }

    @Override
    public Set<String> referenced(Collection<String> keys) {
        return images.keysAmong(keys);
    }

    @Override
    public Stream<String> all() {
        return images.keys().stream();
    }
}
