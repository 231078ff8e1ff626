package io.regie.core.live;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regie.core.access.Role;
import io.regie.core.accounts.AccountService;
import io.regie.core.jobs.JobQueue;
import io.regie.core.live.PlanFailed.Reason;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingChanged;
import io.regie.core.settings.SettingsService;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Begins recordings when they are planned and stops them when they are over. A window that began while no server ran is
 * recorded for what is left of it. Windows that overlap are one recording. Any number of nodes may look; one begins.
 */
@Singleton
class LivePlans {
    private static final System.Logger LOG = System.getLogger(LivePlans.class.getName());
    private static final long EVERY_SECONDS = 1;

    private final LiveStreams streams;
    private final LiveRuns runs;
    private final LiveTypes types;
    private final JobQueue jobs;
    private final AccountService accounts;
    private final SettingsService settings;
    private final InstantSource clock;
    private final Event<PlanFailed> failed;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "live-plans");
        thread.setDaemon(true);
        return thread;
    });

    LivePlans(
            LiveStreams streams,
            LiveRuns runs,
            LiveTypes types,
            JobQueue jobs,
            AccountService accounts,
            SettingsService settings,
            InstantSource clock,
            Event<PlanFailed> failed) {
        this.streams = streams;
        this.runs = runs;
        this.types = types;
        this.jobs = jobs;
        this.accounts = accounts;
        this.settings = settings;
        this.clock = clock;
        this.failed = failed;
    }

    /** After jobs can be submitted. */
    void start(@Observes @Priority(2500) StartupEvent event) {
        timer.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    /** What was planned in another zone's time is planned anew. */
    void replan(@Observes(during = TransactionPhase.AFTER_SUCCESS) SettingChanged change) {
        if (change.concerns(Setting.ZONE)) {
            timer.execute(() -> streams.scheduled().forEach(id -> QuarkusTransaction.requiringNew()
                    .run(() -> streams.lock(id).ifPresent(stream -> streams.plan(id, next(stream.schedules()))))));
        }
    }

    /** The window that is now or comes next. */
    @Nullable
    Window next(List<ScheduleDraft> schedules) {
        return Schedule.current(parsed(schedules), clock.instant(), settings.get(Setting.ZONE))
                .orElse(null);
    }

    /** What is planned for this time. */
    List<Window> between(List<ScheduleDraft> schedules, Instant from, Instant to) {
        return Schedule.merged(parsed(schedules), from, to, settings.get(Setting.ZONE));
    }

    private void look() {
        try {
            run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "Planned recordings could not be looked at: {0}", e.toString());
        }
    }

    /** Does what is due now. */
    void run() {
        Instant now = clock.instant();
        runs.overdue(now).forEach(job -> QuarkusTransaction.requiringNew().run(() -> jobs.stop(job)));
        boolean possible = types.recording().isPresent();
        for (UUID id : streams.due(now)) {
            try {
                QuarkusTransaction.requiringNew()
                        .run(() -> streams.lockDue(id, now).ifPresent(stream -> begin(stream, now, possible)));
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "A planned recording could not begin", e);
                QuarkusTransaction.requiringNew()
                        .run(() -> streams.lockDue(id, now).ifPresent(stream -> {
                            failed.fire(PlanFailed.of(stream, Reason.NOT_BEGUN));
                            planAfter(stream, now);
                        }));
            }
        }
    }

    /** @param possible whether a plugin that records is there; without one a window stays due until it is over */
    private void begin(LiveStream stream, Instant now, boolean possible) {
        Window window = stream.next();
        boolean over = window != null && !window.end().isAfter(now);
        if (!over && !possible) {
            return;
        }
        if (over) {
            failed.fire(PlanFailed.of(stream, Reason.MISSED));
        } else if (window != null && mayStill(stream.owner())) {
            Optional<LiveRun> running = runs.recording(stream.id());
            if (running.isPresent()) {
                runs.extend(running.get().job(), window.end());
            } else {
                types.record(stream, stream.owner(), new HashMap<>(), window.end());
            }
        }
        planAfter(stream, window == null ? now : window.start());
    }

    /** Windows that are long over are not made up for. */
    private void planAfter(LiveStream stream, Instant start) {
        List<Schedule> schedules = parsed(stream.schedules());
        Window next =
                Schedule.after(schedules, start, settings.get(Setting.ZONE)).orElse(null);
        if (next != null && !next.end().isAfter(clock.instant())) {
            next = Schedule.current(schedules, clock.instant(), settings.get(Setting.ZONE))
                    .orElse(null);
        }
        streams.plan(stream.id(), next);
    }

    /** Whoever lost the right to record does not go on by a plan of former days. */
    private boolean mayStill(UUID owner) {
        return accounts.find(owner)
                .filter(account -> !account.disabled() && account.role().atLeast(Role.AUTHOR))
                .isPresent();
    }

    private static List<Schedule> parsed(List<ScheduleDraft> schedules) {
        return schedules.stream().map(ScheduleDraft::schedule).toList();
    }
}
