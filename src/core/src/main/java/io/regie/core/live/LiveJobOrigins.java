package io.regie.core.live;

import io.regie.core.jobs.JobSubjects;
import io.regie.core.jobs.LiveOrigin;
import io.regie.core.jobs.LiveOrigins;
import io.regie.core.storage.StorageReferences;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** What jobs and storage ask of live streams. */
@Singleton
class LiveJobOrigins implements LiveOrigins, JobSubjects, StorageReferences {
    private static final int SHORTEST_SECRET_PATH = 8;
    /** An option for the reader that no owner of a stream can set. */
    private static final String CERTIFICATES = "caFile";

    private final LiveStreams streams;
    private final LiveRuns runs;
    private final LiveSettings settings;
    private final LiveConfig config;

    LiveJobOrigins(LiveStreams streams, LiveRuns runs, LiveSettings settings, LiveConfig config) {
        this.streams = streams;
        this.runs = runs;
        this.settings = settings;
        this.config = config;
    }

    @Override
    public Optional<LiveOrigin> find(UUID job) {
        return runs.find(job).map(LiveRun::stream).flatMap(streams::find).flatMap(stream -> streams.open(stream.id())
                .map(source -> origin(stream, source)));
    }

    private LiveOrigin origin(LiveStream stream, SealedSource source) {
        LiveAddress address = LiveAddress.stored(source.uri());
        Map<String, String> options = new HashMap<>(stream.options());
        options.putAll(source.options());
        config.certificates()
                .ifPresent(
                        file -> options.put(CERTIFICATES, file.toAbsolutePath().toString()));
        Set<String> secrets = new HashSet<>(source.options().values());
        String path = address.uri().getRawPath();
        if (path != null && path.length() >= SHORTEST_SECRET_PATH) {
            secrets.add(path);
        }
        return new LiveOrigin(address.uri(), options, secrets, settings.policy());
    }

    @Override
    public Map<UUID, String> titles(Collection<UUID> subjects) {
        Map<UUID, String> titles = new HashMap<>();
        for (UUID subject : subjects) {
            streams.find(subject).ifPresent(stream -> titles.put(subject, stream.name()));
        }
        return titles;
    }

    @Override
    public Set<String> referenced(Collection<String> keys) {
        return new HashSet<>(runs.snapshots(keys));
    }

    @Override
    public Stream<String> all() {
        return runs.snapshots().stream();
    }
}
