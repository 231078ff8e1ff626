package io.regie.core.jobs;

import io.regie.core.egress.EgressPolicy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Live streams that jobs read without the feature that knows them. */
@Singleton
class TestOrigins implements LiveOrigins {
    private final Map<UUID, URI> sources = new ConcurrentHashMap<>();

    void put(UUID job, URI source) {
        sources.put(job, source);
    }

    @Override
    public Optional<LiveOrigin> find(UUID job) {
        return Optional.ofNullable(sources.get(job))
                .map(source -> new LiveOrigin(source, Map.of(), Set.of(), EgressPolicy.allowing(List.of())));
    }
}
