package io.regie.core.uploads;

import io.quarkus.arc.All;
import io.regie.core.access.Caller;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Knows how much room accounts have. */
@Singleton
public class Quotas {

    private final Uploads uploads;
    private final List<OwnedMedia> media;
    private final UploadConfig config;

    @Inject
    Quotas(Uploads uploads, @All List<OwnedMedia> media, UploadConfig config) {
        this.uploads = uploads;
        this.media = media;
        this.config = config;
    }

    /** The caller's, empty where nothing is limited. */
    public Optional<Quota> find(Caller caller) {
        return Optional.ofNullable(caller.account())
                .flatMap(owner -> find(owner, uploads.unfinished(owner).reserved()));
    }

    /** @param reserved what unfinished uploads of this owner take */
    Optional<Quota> find(UUID owner, long reserved) {
        return config.quota().map(quota -> {
            long stored =
                    media.stream().mapToLong(articles -> articles.bytes(owner)).sum();
            long bytes = quota.asLongValue();
            return new Quota(bytes, Math.max(0, bytes - reserved - stored));
        });
    }
}
