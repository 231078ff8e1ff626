package io.regie.core.jobs;

import io.regie.core.plugins.JobTypes;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.spi.JobType;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Submits, stops, cancels and retries. Everything joins the caller's transaction. */
@Singleton
class JobService implements JobQueue {
    private final Jobs jobs;
    private final Pools pools;
    private final Attempts attempts;
    private final Effects effects;
    private final JobTypes types;
    private final SecretParameters secrets;

    JobService(Jobs jobs, Pools pools, Attempts attempts, Effects effects, JobTypes types, SecretParameters secrets) {
        this.jobs = jobs;
        this.pools = pools;
        this.attempts = attempts;
        this.effects = effects;
        this.types = types;
        this.secrets = secrets;
    }

    @Override
    @Transactional
    public UUID submit(JobDraft draft) {
        Pool pool = pool(draft.type());
        UUID id = UUID.randomUUID();
        UUID ticket = UUID.randomUUID();
        JobDraft sealed = types.find(draft.type())
                .map(type -> draft.with(secrets.seal(id, type, draft.parameters())))
                .orElse(draft);
        jobs.insert(id, ticket, pool, sealed);
        pools.schedule(pool, Ticket.of(id, ticket));
        jobs.find(id).ifPresent(effects::changed);
        return id;
    }

    @Override
    @Transactional
    public void cancelAllAbout(UUID subject) {
        for (Job waited : jobs.discard(subject)) {
            effects.endedInQueue(waited, JobState.CANCELLED);
        }
        pools.afterCommit(() -> attempts.discard(subject));
    }

    Job require(UUID id) {
        return jobs.find(id).orElseThrow(ProblemException::notFound);
    }

    @Transactional
    public void cancel(UUID id) {
        cancel(lockUnended(id));
    }

    @Override
    @Transactional
    public void stop(UUID id) {
        jobs.lock(id).filter(job -> !job.state().ended()).ifPresent(this::stop);
    }

    /** As {@link #stop}, for somebody who thinks that it runs. */
    @Transactional
    public void stopUnended(UUID id) {
        stop(lockUnended(id));
    }

    /** What has nothing to keep is cancelled; what has and waits for another try, as a recording may, finishes. */
    private void stop(Job job) {
        if (job.wish() != null) {
            return;
        }
        if (job.state() != JobState.QUEUED) {
            wish(job, Wish.STOP);
        } else if (job.attempt() > 0
                && types.find(job.type()).map(JobType::resumable).orElse(false)) {
            UUID ticket = UUID.randomUUID();
            jobs.stopQueued(job.id(), ticket);
            // The one in the pool would wait longer, and finds nothing to do now.
            pools.schedule(job.pool(), Ticket.of(job.id(), ticket));
            jobs.find(job.id()).ifPresent(effects::changed);
        } else {
            cancel(job);
        }
    }

    @Transactional
    public void retry(UUID id) {
        Job job = jobs.lock(id).orElseThrow(ProblemException::notFound);
        if (!job.retriable()) {
            throw new ProblemException(ProblemType.CONFLICT, "jobs-not-to-retry");
        }
        if (jobs.isDiscarded(id)) {
            throw new ProblemException(ProblemType.CONFLICT, "jobs-subject-gone");
        }
        UUID ticket = UUID.randomUUID();
        jobs.renew(id, ticket);
        pools.schedule(job.pool(), Ticket.of(id, ticket));
        effects.retried(job);
    }

    private Job lockUnended(UUID id) {
        Job job = jobs.lock(id).orElseThrow(ProblemException::notFound);
        if (job.state().ended()) {
            throw new ProblemException(ProblemType.CONFLICT, "jobs-ended");
        }
        return job;
    }

    private void cancel(Job job) {
        if (job.state() == JobState.QUEUED) {
            // Its row in the pool stays and finds nothing to do.
            jobs.endQueued(job.id(), JobState.CANCELLED);
            effects.endedInQueue(job, JobState.CANCELLED);
        } else {
            wish(job, Wish.CANCEL);
        }
    }

    private void wish(Job job, Wish wish) {
        jobs.wish(job.id(), wish);
        pools.afterCommit(() -> attempts.wish(job.id(), wish));
        effects.changed(job);
    }

    private Pool pool(String type) {
        if (type.equals(PROBE)) {
            return Pool.PROBE;
        }
        JobType found = types.find(type)
                .orElseThrow(() -> new IllegalArgumentException("No installed plugin has the job type " + type));
        return Pool.of(found);
    }
}
