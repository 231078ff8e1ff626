package io.regie.core.live;

import io.regie.core.jobs.JobDraft;
import io.regie.core.jobs.JobQueue;
import io.regie.core.live.LiveRun.Kind;
import io.regie.core.media.RecordingArticles;
import io.regie.core.plugins.JobTypes;
import io.regie.core.plugins.ParameterCheck;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.spi.JobType;
import io.regie.spi.Trigger;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Starts what installed plugins can do with a live stream. Where several of them can, the first by its id does. Calls
 * join the caller's transaction.
 */
@Singleton
class LiveTypes {
    /** The parameter, if the type has it, that ends a recording by its own time. */
    private static final String MAX_DURATION = "maxDuration";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final JobTypes types;
    private final JobQueue jobs;
    private final LiveRuns runs;
    private final RecordingArticles articles;
    private final SettingsService settings;
    private final InstantSource clock;

    LiveTypes(
            JobTypes types,
            JobQueue jobs,
            LiveRuns runs,
            RecordingArticles articles,
            SettingsService settings,
            InstantSource clock) {
        this.types = types;
        this.jobs = jobs;
        this.runs = runs;
        this.articles = articles;
        this.settings = settings;
        this.clock = clock;
    }

    Optional<JobType> recording() {
        return startedBy(Trigger.LIVE_STREAM);
    }

    Optional<JobType> checking() {
        return startedBy(Trigger.LIVE_CHECK);
    }

    /**
     * Begins a recording.
     *
     * @param starter who gets the article
     * @param parameters as they were sent; plans of the stream are added
     * @param planned until when it was planned, or null when a person begins it
     */
    LiveRun record(LiveStream stream, UUID starter, Map<String, Object> parameters, @Nullable Instant planned) {
        JobType type = recording().orElseThrow(LiveTypes::unavailable);
        Long max = stream.maxSeconds();
        if (max != null
                && !parameters.containsKey(MAX_DURATION)
                && type.parameters().stream()
                        .anyMatch(parameter -> parameter.name().equals(MAX_DURATION))) {
            parameters.put(MAX_DURATION, max);
        }
        Map<String, Object> checked = ParameterCheck.check(type, parameters);
        String title =
                stream.name() + " " + TIME.format(ZonedDateTime.ofInstant(clock.instant(), settings.get(Setting.ZONE)));
        UUID article = articles.begin(starter, title);
        UUID job = jobs.submit(new JobDraft(type.id(), article, title, starter, starter, List.of(), checked));
        articles.recordedBy(article, job);
        // A source that never comes back must not keep a place for ever.
        Instant end = max == null ? null : clock.instant().plus(Duration.ofSeconds(max));
        runs.insert(job, stream.id(), Kind.RECORD, article, earlier(planned, end), planned != null);
        return runs.find(job).orElseThrow();
    }

    LiveRun check(LiveStream stream, UUID starter) {
        JobType type = checking().orElseThrow(LiveTypes::unavailable);
        UUID job = jobs.submit(new JobDraft(
                type.id(),
                stream.id(),
                stream.name(),
                starter,
                starter,
                List.of(),
                ParameterCheck.check(type, Map.of())));
        runs.insert(job, stream.id(), Kind.CHECK, null, null, false);
        runs.forgetChecks(stream.id(), job);
        return runs.find(job).orElseThrow();
    }

    private Optional<JobType> startedBy(Trigger trigger) {
        return types.startedBy(trigger).stream().findFirst();
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    private static ProblemException unavailable() {
        return new ProblemException(ProblemType.NOT_FOUND, "live-unavailable");
    }
}
