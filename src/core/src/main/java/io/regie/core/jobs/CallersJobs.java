package io.regie.core.jobs;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regie.core.access.Action;
import io.regie.core.access.Authorization;
import io.regie.core.access.Caller;
import io.regie.core.access.Guarded;
import io.regie.core.access.Role;
import io.regie.core.access.Scope;
import io.regie.core.access.Visibility;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The jobs that a caller may see, which are those they may change: their own, or everybody's. Others are missing. */
@Singleton
public class CallersJobs {
    public static final int MAX_LIMIT = 100;
    /** Each is a transaction of its own; whoever has more failures asks again. */
    private static final int MAX_RETRIED = 500;

    private static final UUID NOBODY = new UUID(0, 0);

    private final Jobs jobs;
    private final JobService service;
    private final JobViews views;
    private final JobDays days;

    CallersJobs(Jobs jobs, JobService service, JobViews views, JobDays days) {
        this.jobs = jobs;
        this.service = service;
        this.views = views;
        this.days = days;
    }

    /** @param left failed jobs that are still to be retried */
    public record Retried(int retried, int left) {}

    public JobPage list(Caller caller, JobFilter filter, @Nullable String cursor, int limit, Locale locale) {
        Jobs.After after = cursor == null ? null : decode(cursor);
        int size = Math.min(Math.max(limit, 1), MAX_LIMIT);
        Optional<Owner> owner = owner(caller);
        if (owner.isEmpty()) {
            return new JobPage(List.of(), null);
        }
        List<Job> found = jobs.list(owner.get().id(), filter, after, size + 1);
        List<Job> shown = found.subList(0, Math.min(size, found.size()));
        return new JobPage(
                views.list(shown, reader(caller, locale)), found.size() > size ? encode(shown.get(size - 1)) : null);
    }

    public JobView require(Caller caller, UUID id, Locale locale) {
        return views.one(required(caller, id), reader(caller, locale));
    }

    @Transactional
    public JobView cancel(Caller caller, UUID id, Locale locale) {
        service.cancel(required(caller, id).id());
        return require(caller, id, locale);
    }

    @Transactional
    public JobView stop(Caller caller, UUID id, Locale locale) {
        service.stopUnended(required(caller, id).id());
        return require(caller, id, locale);
    }

    @Transactional
    public JobView retry(Caller caller, UUID id, Locale locale) {
        service.retry(required(caller, id).id());
        return require(caller, id, locale);
    }

    /**
     * Tries every failed job again. One transaction each: their articles are locked in no particular order, and what was
     * retried when the server dies stays so.
     */
    public Retried retryFailed(Caller caller) {
        Optional<Owner> owner = owner(caller);
        if (owner.isEmpty()) {
            return new Retried(0, 0);
        }
        int retried = 0;
        for (UUID id : jobs.failed(owner.get().id(), MAX_RETRIED)) {
            retried += retriedAlone(id) ? 1 : 0;
        }
        return new Retried(retried, jobs.failed(owner.get().id(), MAX_RETRIED).size());
    }

    /** What the last days were like, the oldest first. */
    public List<JobDay> figures(Caller caller, int count, @Nullable String type) {
        return owner(caller).map(owner -> days.last(count, owner.id(), type)).orElse(List.of());
    }

    /** How many are not done, one way or the other. */
    public record JobCounts(long queued, long running, long failed) {
        public long active() {
            return queued + running;
        }
    }

    public JobCounts counts(Caller caller) {
        Map<JobState, Long> counts =
                owner(caller).map(owner -> jobs.undone(owner.id())).orElse(Map.of());
        return new JobCounts(
                counts.getOrDefault(JobState.QUEUED, 0L),
                counts.getOrDefault(JobState.RUNNING, 0L),
                counts.getOrDefault(JobState.FAILED, 0L));
    }

    /** The types of the jobs that this caller may see, with their titles. */
    public List<JobTypeTitle> types(Caller caller, Locale locale) {
        return owner(caller).map(owner -> jobs.types(owner.id())).orElse(List.of()).stream()
                .map(type -> new JobTypeTitle(type, views.title(type, locale)))
                .toList();
    }

    public record JobTypeTitle(String type, String title) {}

    private boolean retriedAlone(UUID id) {
        try {
            QuarkusTransaction.requiringNew().run(() -> service.retry(id));
            return true;
        } catch (ProblemException e) {
            if (e.type() == ProblemType.CONFLICT || e.type() == ProblemType.NOT_FOUND) {
                // Somebody else was faster, or it is gone.
                return false;
            }
            throw e;
        }
    }

    private Job required(Caller caller, UUID id) {
        return jobs.find(id).filter(job -> mayEdit(caller, job.owner())).orElseThrow(ProblemException::notFound);
    }

    /** @param id null for everybody's */
    private record Owner(@Nullable UUID id) {}

    /** Whose jobs a caller may see; empty for nobody's. */
    private static Optional<Owner> owner(Caller caller) {
        if (mayEdit(caller, NOBODY)) {
            return Optional.of(new Owner(null));
        }
        UUID account = caller.account();
        return account != null && mayEdit(caller, account) ? Optional.of(new Owner(account)) : Optional.empty();
    }

    /** Whoever came here has the scope of jobs, which is all that a token needs for them. */
    private static boolean mayEdit(Caller caller, UUID owner) {
        Caller here = new Caller(caller.account(), caller.role(), Set.of(Scope.MEDIA_WRITE), caller.via());
        return Authorization.may(here, Action.EDIT, new Guarded(owner, Visibility.PRIVATE));
    }

    private static JobViews.Reader reader(Caller caller, Locale locale) {
        return new JobViews.Reader(locale, caller.role() == Role.ADMIN);
    }

    private static String encode(Job last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((last.created() + " " + last.id()).getBytes(StandardCharsets.UTF_8));
    }

    private static Jobs.After decode(String cursor) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ");
            return new Jobs.After(Instant.parse(parts[0]), UUID.fromString(parts[1]));
        } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "jobs-cursor-unknown");
        }
    }
}
