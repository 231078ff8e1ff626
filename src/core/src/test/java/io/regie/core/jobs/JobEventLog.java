package io.regie.core.jobs;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what observers are told. */
@Singleton
public class JobEventLog {
    private final List<JobEvent> events = new CopyOnWriteArrayList<>();

    void heard(@Observes JobEvent event) {
        events.add(event);
    }

    public <T extends JobEvent> List<T> of(UUID job, Class<T> type) {
        return events.stream()
                .filter(event -> event.job().id().equals(job))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
