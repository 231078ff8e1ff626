package io.regie.core.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regie.core.process.Workers;
import io.regie.core.settings.Installation;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * One scheduler for each pool. It decides when and on which node a job's next attempt begins; the job's row decides
 * whether it does.
 */
@Singleton
class Pools {
    private static final System.Logger LOG = System.getLogger(Pools.class.getName());

    private final DataSource dataSource;
    private final TransactionSynchronizationRegistry transactions;
    private final Attempts attempts;
    private final RecoverAbandonedJobs recovery;
    private final Workers workers;
    private final JobsConfig config;
    private final Path nodeFile;
    private final Map<Pool, Scheduler> schedulers = new EnumMap<>(Pool.class);
    private final CustomTask<Ticket> task;

    Pools(
            DataSource dataSource,
            TransactionSynchronizationRegistry transactions,
            Attempts attempts,
            RecoverAbandonedJobs recovery,
            Workers workers,
            JobsConfig config,
            Installation installation) {
        this.dataSource = dataSource;
        this.transactions = transactions;
        this.attempts = attempts;
        this.recovery = recovery;
        this.workers = workers;
        this.config = config;
        this.nodeFile = installation.data().toAbsolutePath().resolve("node");
        this.task = Tasks.custom(Ticket.TASK, Ticket.class)
                .onFailure(this::recover)
                .onDeadExecution(this::recover)
                .execute((instance, context) -> completion(attempts.run(instance.getData())));
    }

    /** After the plugins are known. */
    void start(@Observes @Priority(2000) StartupEvent event) throws IOException {
        String node = node();
        for (Pool pool : Pool.values()) {
            schedulers.put(pool, scheduler(pool, node));
        }
        if (!config.work() || !workers.installed()) {
            return;
        }
        for (Pool pool : Pool.values()) {
            recovery.recover(pool, node);
        }
        recovery.deleteWorkspaces();
        schedulers.values().forEach(Scheduler::start);
    }

    void stop(@Observes ShutdownEvent event) {
        attempts.stop();
        schedulers.values().stream()
                .filter(scheduler -> scheduler.getSchedulerState().isStarted())
                .forEach(Scheduler::stop);
    }

    /** Puts a job into its pool as part of the caller's transaction, and wakes the pool when that committed. */
    void schedule(Pool pool, Ticket ticket) {
        Scheduler scheduler = schedulers.get(pool);
        if (scheduler == null) {
            throw new IllegalStateException("Jobs cannot be submitted before the application has started");
        }
        scheduler.schedule(task.instance(ticket.ticket().toString(), ticket), Instant.now());
        afterCommit(scheduler::triggerCheckForDueExecutions);
    }

    /** Runs something when the current transaction committed, or at once where there is none. */
    void afterCommit(Runnable action) {
        if (transactions.getTransactionStatus() == Status.STATUS_NO_TRANSACTION) {
            action.run();
            return;
        }
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // Nothing to prepare.
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    action.run();
                }
            }
        });
    }

    private Scheduler scheduler(Pool pool, String node) {
        return Scheduler.create(dataSource, task)
                .schedulerName(new SchedulerName.Fixed(node))
                .tableName(pool.table())
                .serializer(new TicketJson())
                .threads(config.size(pool))
                .pollingInterval(Duration.ofSeconds(1))
                .heartbeatInterval(Duration.ofSeconds(10))
                .missedHeartbeatsLimit(4)
                .pollUsingLockAndFetch(0.5, 1.0)
                .shutdownMaxWait(Duration.ofSeconds(5))
                .build();
    }

    private static CompletionHandler<Ticket> completion(Next next) {
        return (complete, operations) -> apply(next, complete, operations);
    }

    private static void apply(Next next, ExecutionComplete complete, ExecutionOperations<Ticket> operations) {
        if (next instanceof Next.Remove) {
            operations.remove();
        } else if (next instanceof Next.Again again) {
            operations.reschedule(complete, Instant.now().plus(again.pause()));
        }
    }

    /** Of a dead node, or of an attempt that could not even be ended: the database was away too long. */
    private void recover(ExecutionComplete complete, ExecutionOperations<Ticket> operations) {
        Ticket ticket = (Ticket) complete.getExecution().taskInstance.getData();
        complete.getCause().ifPresent(cause -> LOG.log(System.Logger.Level.ERROR, "A job was interrupted", cause));
        apply(attempts.recover(ticket), complete, operations);
    }

    /** This data directory's name among the nodes; one server at a time holds it, so what it left running is dead. */
    private String node() throws IOException {
        if (!Files.exists(nodeFile)) {
            Path fresh = Files.createTempFile(nodeFile.getParent(), "node", null);
            Files.writeString(fresh, UUID.randomUUID().toString());
            Files.move(fresh, nodeFile, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(nodeFile).strip();
    }
}
