package io.regie.core.jobs;

import io.regie.core.jobs.JobEvent.Failure;
import io.regie.core.plugins.JobTypes;
import io.regie.core.problem.Sentences;
import io.regie.spi.FailureKind;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns rows into what goes out. */
@Singleton
final class JobViews {
    /** Of a job that failed and nobody noted why. */
    private static final Failure UNKNOWN = new Failure(FailureKind.INTERNAL, null, "");

    private final Jobs jobs;
    private final JobTypes types;
    private final Instance<JobSubjects> subjects;

    JobViews(Jobs jobs, JobTypes types, Instance<JobSubjects> subjects) {
        this.jobs = jobs;
        this.types = types;
        this.subjects = subjects;
    }

    /** For whom: their language, and whether they run the server. */
    record Reader(Locale locale, boolean administrator) {}

    /** Without logs. */
    List<JobView> list(List<Job> found, Reader reader) {
        Set<UUID> about = found.stream().map(Job::subject).collect(Collectors.toSet());
        Map<UUID, String> titles = about.isEmpty() ? Map.of() : titles(about);
        List<UUID> waiting = found.stream()
                .filter(job -> job.state() == JobState.QUEUED)
                .map(Job::id)
                .toList();
        Map<UUID, Integer> positions = waiting.isEmpty() ? Map.of() : jobs.positions(waiting);
        return found.stream()
                .map(job -> view(job, titles.get(job.subject()), positions.get(job.id()), null, reader))
                .toList();
    }

    JobView one(Job job, Reader reader) {
        Integer position = job.state() == JobState.QUEUED
                ? jobs.positions(List.of(job.id())).get(job.id())
                : null;
        String title = titles(List.of(job.subject())).get(job.subject());
        return view(job, title, position, job.log(), reader);
    }

    private Map<UUID, String> titles(Collection<UUID> about) {
        Map<UUID, String> titles = new HashMap<>();
        subjects.forEach(known -> titles.putAll(known.titles(about)));
        return titles;
    }

    String title(String type, Locale locale) {
        return type.equals(JobQueue.PROBE)
                ? Sentences.of(locale, "jobs-type-probe", List.of())
                : types.title(type, locale);
    }

    private JobView view(
            Job job, @Nullable String title, @Nullable Integer position, @Nullable String log, Reader reader) {
        Failure failure = job.failure();
        if (failure == null && job.state() == JobState.FAILED) {
            failure = UNKNOWN;
        }
        return new JobView(
                job.id(),
                job.type(),
                title(job.type(), reader.locale()),
                job.subject(),
                title == null ? job.label() : title,
                title == null,
                Words.of(job.state()),
                job.wish() == null ? null : Words.of(job.wish()),
                job.progress(),
                job.speed(),
                job.etaSeconds(),
                position,
                job.attempt(),
                job.node(),
                job.mediaSeconds(),
                worked(job.attempted(), job.ended()),
                failure == null ? null : JobFailure.of(failure, reader.locale(), reader.administrator()),
                actions(job),
                log,
                job.created(),
                job.started(),
                job.ended(),
                job.version());
    }

    private static List<String> actions(Job job) {
        return switch (job.state()) {
            case QUEUED -> List.of("cancel");
            case RUNNING -> job.wish() == null ? List.of("stop", "cancel") : List.of("cancel");
            case SUCCEEDED, FAILED, CANCELLED, STOPPED -> job.retriable() ? List.of("retry") : List.of();
        };
    }

    private static @Nullable Double worked(@Nullable Instant began, @Nullable Instant ended) {
        return began == null || ended == null
                ? null
                : Duration.between(began, ended).toMillis() / 1000.0;
    }
}
